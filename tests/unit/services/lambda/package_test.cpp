#include "services/lambda/package/paths.h"
#include "services/lambda/package/unpack.h"
#include "zip.h"

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace stepwell::lambda {
namespace {

namespace fs = std::filesystem;

TEST(Paths, BecomePlain) {
  EXPECT_EQ(plain_path("a/b.py"), "a/b.py");
  EXPECT_EQ(plain_path("./a//b/"), "a/b");
  EXPECT_EQ(plain_path("./"), "");
  EXPECT_EQ(plain_path("..a/...b"), "..a/...b");
}

TEST(Paths, ThatLeadOutsideAreRefused) {
  for (const char* name : {"/etc/passwd", "../x", "a/../../x", "a/..", ".."}) EXPECT_FALSE(plain_path(name)) << name;
  EXPECT_FALSE(plain_path(std::string_view("a\0b", 3)));
  EXPECT_FALSE(plain_path(std::string(256, 'n')));
  EXPECT_FALSE(plain_path(std::string(2'000, '/') + "x"));
  std::string deep;
  for (int i = 0; i < 65; ++i) deep += "d/";
  EXPECT_FALSE(plain_path(deep));
}

TEST(Links, MayClimbOnlyThroughWhatIsAboveThem) {
  EXPECT_TRUE(link_stays_inside("a", "b/c"));
  EXPECT_TRUE(link_stays_inside("x/y/a", "../../b"));
  EXPECT_FALSE(link_stays_inside("a", "../b"));
  EXPECT_FALSE(link_stays_inside("x/a", "../../b"));
  EXPECT_FALSE(link_stays_inside("x/a", "b/../c"));
  EXPECT_FALSE(link_stays_inside("a", "/etc/passwd"));
  EXPECT_FALSE(link_stays_inside("a", ""));
}

class Unpack : public testing::Test {
 protected:
  Unpack() : base_(testing::TempDir() + "stepwell-unpack-" + std::to_string(getpid())) {
    fs::remove_all(base_);
    fs::create_directory(base_);
  }
  ~Unpack() override { fs::remove_all(base_); }

  Result<void> unpack_files(const std::vector<ZipEntry>& entries, UnpackLimits limits = {}) {
    return unpack(zip_of(entries), root(), limits);
  }
  // An attack is refused, and nothing is left of it, inside or outside.
  void expect_refused(const std::vector<ZipEntry>& entries, std::string_view detail, UnpackLimits limits = {}) {
    const auto result = unpack_files(entries, limits);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, "InvalidParameterValueException");
    EXPECT_NE((result.error().message + result.error().detail).find(detail), std::string::npos)
        << result.error().message << result.error().detail;
    EXPECT_TRUE(fs::is_empty(base_));
  }
  fs::path root() const { return base_ / "root"; }
  std::string read(const std::string& name) const {
    std::ifstream file(root() / name);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  mode_t mode_of(const std::string& name) const {
    struct stat status{};
    EXPECT_EQ(lstat((root() / name).c_str(), &status), 0);
    return status.st_mode & 0777;
  }

  const fs::path base_;
};

TEST_F(Unpack, WritesFilesAndTheirDirectories) {
  ASSERT_TRUE(unpack_files({{"app.py", "x = 1\n"}, {"lib/", "", 040755}, {"lib/deep/er.py", "y"}, {"empty", ""}}));
  EXPECT_EQ(read("app.py"), "x = 1\n");
  EXPECT_EQ(read("lib/deep/er.py"), "y");
  EXPECT_EQ(read("empty"), "");
}

TEST_F(Unpack, FilesAreReadableNotWritableAndRunWhereThePackageSaysSo) {
  ASSERT_TRUE(
      unpack_files({{"secret", "", 0100600}, {"bare", "", 0100000}, {"run", "", 0100700}, {"set", "", 0106755}}));
  EXPECT_EQ(mode_of("secret"), 0444U);
  EXPECT_EQ(mode_of("bare"), 0444U);
  EXPECT_EQ(mode_of("run"), 0555U);
  EXPECT_EQ(mode_of("set"), 0555U);
}

TEST_F(Unpack, NamesNeedNotBeAscii) {
  ASSERT_TRUE(unpack_files({{"größe/名.py", "z"}}));
  EXPECT_EQ(read("größe/名.py"), "z");
}

TEST_F(Unpack, OfTwoFilesWithOneNameTheLastCounts) {
  ASSERT_TRUE(unpack_files({{"a", "first"}, {"a", "last"}}));
  EXPECT_EQ(read("a"), "last");
}

TEST_F(Unpack, LinksInsideAreKept) {
  ASSERT_TRUE(unpack_files({link_entry("bin/tool", "../lib/tool.js"), {"lib/tool.js", "t"}}));
  EXPECT_EQ(read("bin/tool"), "t");
}

TEST_F(Unpack, WhatIsNoZipIsRefused) {
  for (const std::string& bytes : {std::string("this is no zip"), zip_of({{"a", "text"}}).substr(0, 40)}) {
    const auto result = unpack(bytes, root());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message,
              "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
  EXPECT_EQ(unpack("", root()).error().message, "Uploaded file must be a non-empty zip");
  EXPECT_EQ(unpack_files({{"only/", "", 040755}}).error().message, "Uploaded file must be a non-empty zip");
  EXPECT_TRUE(fs::is_empty(base_));
}

TEST_F(Unpack, DamagedDataIsRefused) {
  std::string bytes = zip_of({{"a", std::string(10'000, 'q') + "tail"}});
  bytes[bytes.find("PK\x01\x02") + 16] ^= 0x55;  // of the check sum
  EXPECT_FALSE(unpack(bytes, root()));
}

TEST_F(Unpack, PathsThatLeadOutsideAreRefused) {
  expect_refused({{"ok", "1"}, {"../outside", "2"}}, "leads out");
  expect_refused({{"a/../../outside", "2"}}, "leads out");
  expect_refused({{"/tmp/stepwell-absolute", "2"}}, "leads out");
}

TEST_F(Unpack, LinksThatLeadOutsideAreRefused) {
  expect_refused({{"a", "1"}, link_entry("l", "/etc/passwd")}, "points out");
  expect_refused({{"a", "1"}, link_entry("d/l", "../../x")}, "points out");
}

TEST_F(Unpack, NothingIsWrittenThroughALink) {
  expect_refused({link_entry("l", "d"), {"d/x", "1"}, {"l/y", "2"}}, "both a file and a directory");
}

TEST_F(Unpack, AFileThatIsADirectoryIsRefused) {
  expect_refused({{"a", "1"}, {"a/b", "2"}}, "both a file and a directory");
}

TEST_F(Unpack, DevicesAreRefused) {
  // The writer makes no devices: the type in the central directory is changed.
  std::string bytes = zip_of({{"device", ""}});
  const std::size_t central = bytes.find("PK\x01\x02");
  bytes[central + 38 + 3] = 0x20;  // the upper bytes of the external attributes: S_IFCHR
  const auto result = unpack(bytes, root());
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().detail.find("neither"), std::string::npos) << result.error().detail;
}

TEST_F(Unpack, SizeIsBounded) {
  const UnpackLimits limits{.bytes = 100'000};
  expect_refused({{"bomb", std::string(100'001, '\0')}}, "Unzipped size must be smaller than 100000 bytes", limits);
  expect_refused({{"a", std::string(60'000, 'a')}, {"b", std::string(60'000, 'b')}}, "Unzipped size", limits);
  EXPECT_TRUE(unpack_files({{"a", std::string(100'000, 'a')}}, limits));
}

TEST_F(Unpack, TheNumberOfFilesAndDirectoriesIsBounded) {
  std::vector<ZipEntry> entries;
  for (int i = 0; i < 30; ++i) entries.push_back({std::to_string(i) + "/a/b/c", ""});
  expect_refused(entries, "more than 100", {.entries = 100});
}

TEST_F(Unpack, AnInnerSizeThatLiesDoesNotHelp) {
  std::string bytes = zip_of({{"bomb", std::string(200'000, '\0')}});
  const std::size_t central = bytes.find("PK\x01\x02");
  for (std::size_t i = 0; i < 4; ++i) bytes[central + 24 + i] = i == 0 ? 1 : 0;  // "unpacked it has 1 byte"
  const auto result = unpack(bytes, root(), {.bytes = 100'000});
  EXPECT_FALSE(result);
  EXPECT_TRUE(fs::is_empty(base_));
}

}  // namespace
}  // namespace stepwell::lambda
