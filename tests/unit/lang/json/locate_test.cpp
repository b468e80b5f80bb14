#include "lang/json/parse.h"

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

constexpr std::string_view kText = R"(
{ "a": [10, {"b": "x,]}\"", "c": -1.5e3}, [], "z"],
  "sl/ash": true, "til~de": null, "": {"": 1},
  "caf\u00e9": {"deep": [[[1]]]},
  "dup": {"x": 1}, "dup": {"y": 2}, "last" : false })";

// The text from the place that is found.
std::optional<std::string_view> found(std::string_view pointer, bool at_key = false) {
  const std::optional<std::size_t> offset = locate(kText, pointer, at_key);
  if (!offset) return std::nullopt;
  return kText.substr(*offset);
}

TEST(Locate, Values) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "{ \"a\""},
      {"/a", "[10, {"},
      {"/a/0", "10,"},
      {"/a/1", "{\"b\""},
      {"/a/1/b", "\"x,]}"},
      {"/a/1/c", "-1.5e3}"},
      {"/a/2", "[], "},
      {"/a/3", "\"z\"]"},
      {"/sl~1ash", "true"},
      {"/til~0de", "null"},
      {"/", "{\"\": 1}"},
      {"//", "1}"},
      {"/caf\u00e9/deep/0/0/0", "1]]]"},
      {"/dup", "{\"y\""},
      {"/dup/y", "2}"},
      {"/last", "false }"},
  };
  for (const auto& [pointer, expected] : cases) {
    ASSERT_TRUE(found(pointer)) << pointer;
    EXPECT_TRUE(found(pointer)->starts_with(expected)) << pointer << " is at " << *found(pointer);
  }
}

TEST(Locate, Keys) {
  const std::pair<const char*, const char*> cases[] = {
      {"/a", "\"a\": [10"},        {"/a/1/c", "\"c\": -1"}, {"//", "\"\": 1}"}, {"/caf\u00e9", "\"caf\\u00e9\""},
      {"/dup", "\"dup\": {\"y\""}, {"/last", "\"last\" :"},
  };
  for (const auto& [pointer, expected] : cases) {
    ASSERT_TRUE(found(pointer, true)) << pointer;
    EXPECT_TRUE(found(pointer, true)->starts_with(expected)) << pointer << " is at " << *found(pointer, true);
  }
}

TEST(Locate, Nothing) {
  for (const char* pointer : {"/b", "/a/4", "/a/01", "/a/-", "/a/-1", "/a/+1", "/a/0/0", "/a/x", "/dup/x", "a", "/~",
                              "/~2", "/sl/ash", "/last/x", "/caf", "/a/"}) {
    EXPECT_FALSE(found(pointer)) << pointer;
    EXPECT_FALSE(found(pointer, true)) << pointer;
  }
  EXPECT_FALSE(found("", true));
  EXPECT_FALSE(found("/a/0", true));
}

// Such texts are not for locate(); it must come to an end without a look behind theirs.
TEST(Locate, StaysInsideTextsCutOff) {
  for (std::size_t length = 0; length < kText.size(); ++length) {
    const std::vector<char> text(kText.begin(), kText.begin() + static_cast<std::ptrdiff_t>(length));
    for (const char* pointer : {"", "/a/1/b", "/caf\u00e9/deep/0/0/0", "/last"}) {
      if (const auto offset = locate({text.data(), text.size()}, pointer)) EXPECT_LT(*offset, length);
    }
  }
}

TEST(PositionOf, CountsLinesAndCharacters) {
  constexpr std::string_view kLines = "ab\n\u00e9\U0001F600x\r\n\ny";
  const auto at = [&](std::size_t offset) {
    const Position position = position_of(kLines, offset);
    return std::pair(position.line, position.column);
  };
  EXPECT_EQ(at(0), std::pair(1UL, 1UL));
  EXPECT_EQ(at(2), std::pair(1UL, 3UL));
  EXPECT_EQ(at(3), std::pair(2UL, 1UL));
  EXPECT_EQ(at(5), std::pair(2UL, 2UL));
  EXPECT_EQ(at(9), std::pair(2UL, 3UL));
  EXPECT_EQ(at(12), std::pair(3UL, 1UL));
  EXPECT_EQ(at(13), std::pair(4UL, 1UL));
  EXPECT_EQ(at(1000), std::pair(4UL, 2UL));
  EXPECT_EQ(position_of("", 0).column, 1U);
}

}  // namespace
}  // namespace stepwell::json
