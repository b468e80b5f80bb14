#include "store/codec.h"

#include <compare>
#include <limits>
#include <random>

#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

template <typename Number>
int sign(Number order) {
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

std::string key_of_text(std::string_view text) { return KeyWriter().text(text).take(); }

TEST(KeyWriterTest, WritesNumbersBigEndian) {
  EXPECT_EQ(KeyWriter().u8(0x01).u16(0x0203).u32(0x04050607).u64(0x08090a0b0c0d0e0f).take(),
            "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\x0f");
}

TEST(KeyWriterTest, EscapesZeroAndEndsText) {
  EXPECT_EQ(key_of_text("ab"), "ab\x00\x01"s);
  EXPECT_EQ(key_of_text(""), "\x00\x01"s);
  EXPECT_EQ(key_of_text("\0a\0\0"sv),
            "\x00\xff"s
            "a\x00\xff\x00\xff\x00\x01"s);
}

TEST(KeyReaderTest, ReadsWhatWasWritten) {
  const std::string key =
      KeyWriter().u8(200).text("a\0b\xff"sv).u16(65535).u32(7).text("").descending_u64(42).u64(~0ULL).take();
  KeyReader reader(key);
  EXPECT_EQ(reader.u8(), 200);
  EXPECT_EQ(reader.text(), "a\0b\xff"s);
  EXPECT_EQ(reader.u16(), 65535);
  EXPECT_EQ(reader.u32(), 7U);
  EXPECT_EQ(reader.text(), "");
  EXPECT_EQ(reader.descending_u64(), 42U);
  EXPECT_EQ(reader.u64(), ~0ULL);
  EXPECT_TRUE(reader.at_end());
  EXPECT_TRUE(reader.ok());
}

TEST(KeyReaderTest, EveryTruncationIsFound) {
  const std::string key = KeyWriter().u16(3).text("x\0y"sv).u64(9).take();
  for (std::size_t size = 0; size < key.size(); ++size) {
    KeyReader reader(std::string_view(key).substr(0, size));
    reader.u16();
    reader.text();
    reader.u64();
    EXPECT_FALSE(reader.ok()) << size;
  }
}

TEST(KeyReaderTest, GivesZerosAfterNonsense) {
  KeyReader reader("a\x00\x02more than enough"sv);
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.ok());
  EXPECT_EQ(reader.u8(), 0);
  EXPECT_EQ(reader.u64(), 0U);
  EXPECT_EQ(reader.descending_u64(), 0U);
  EXPECT_EQ(reader.text(), "");
}

class Strings {
 public:
  // Short texts of few different bytes: prefixes, zeros and neighbours of the escape are common among them.
  std::string next() {
    constexpr std::array<char, 6> alphabet{'\x00', '\x01', '\x02', 'a', '\xfe', '\xff'};
    std::string text(random_() % 5, '\0');
    for (char& byte : text) byte = alphabet[random_() % alphabet.size()];
    return text;
  }
  std::uint64_t number() { return random_() >> (random_() % 64); }

 private:
  std::mt19937_64 random_{20240501};
};

TEST(KeyOrderTest, TextComparesAsItsBytes) {
  Strings strings;
  for (int round = 0; round < 20'000; ++round) {
    const std::string a = strings.next();
    const std::string b = strings.next();
    EXPECT_EQ(sign(key_of_text(a).compare(key_of_text(b))), sign(a.compare(b)));
  }
}

TEST(KeyOrderTest, PartsCompareInTheirOrder) {
  using Parts = std::tuple<std::string, std::uint64_t, std::string>;
  Strings strings;
  const auto make = [&] { return Parts(strings.next(), strings.number() % 3, strings.next()); };
  const auto key = [](const Parts& parts) {
    return KeyWriter().text(std::get<0>(parts)).u64(std::get<1>(parts)).text(std::get<2>(parts)).take();
  };
  for (int round = 0; round < 20'000; ++round) {
    const Parts a = make();
    const Parts b = make();
    EXPECT_EQ(key(a) < key(b), a < b);
    EXPECT_EQ(key(a) == key(b), a == b);
  }
}

TEST(KeyOrderTest, NumbersCompareAsNumbers) {
  Strings strings;
  for (int round = 0; round < 20'000; ++round) {
    const std::uint64_t a = strings.number();
    const std::uint64_t b = strings.number();
    EXPECT_EQ(KeyWriter().u64(a).take() < KeyWriter().u64(b).take(), a < b);
    EXPECT_EQ(KeyWriter().descending_u64(a).take() < KeyWriter().descending_u64(b).take(), a > b);
  }
}

TEST(PrefixEndTest, IsJustAboveThePrefix) {
  EXPECT_EQ(prefix_end("ab"), "ac");
  EXPECT_EQ(prefix_end("a\xff\xff"), "b");
  EXPECT_EQ(prefix_end("a\x00"sv), "a\x01");
  EXPECT_EQ(prefix_end("\xff\xff"), "");
  EXPECT_EQ(prefix_end(""), "");
}

TEST(ValueTest, ReadsWhatWasWritten) {
  const std::vector<std::uint64_t> numbers{0, 1, 127, 128, 16'383, 16'384, 1ULL << 63U, ~0ULL};
  const std::vector<std::int64_t> signed_numbers{
      0, -1, 1, -64, 64, std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()};
  std::string bytes = "before";
  ValueWriter writer(bytes);
  writer.u8(255);
  for (const std::uint64_t number : numbers) writer.varint(number);
  for (const std::int64_t number : signed_numbers) writer.signed_varint(number);
  writer.text("").text("a\0b"sv);

  ValueReader reader(std::string_view(bytes).substr(6));
  EXPECT_EQ(reader.u8(), 255);
  for (const std::uint64_t number : numbers) EXPECT_EQ(reader.varint(), number);
  for (const std::int64_t number : signed_numbers) EXPECT_EQ(reader.signed_varint(), number);
  EXPECT_EQ(reader.text(), "");
  EXPECT_EQ(reader.text(), "a\0b"sv);
  EXPECT_TRUE(reader.ok());
  EXPECT_TRUE(reader.at_end());
}

TEST(ValueTest, SmallNumbersAreShort) {
  std::string bytes;
  ValueWriter(bytes).varint(127).signed_varint(-64).signed_varint(63);
  EXPECT_EQ(bytes.size(), 3U);
}

TEST(ValueTest, EveryTruncationIsFound) {
  std::string bytes;
  ValueWriter(bytes).varint(300).text("some text").signed_varint(-70'000).u8(1);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    ValueReader reader(std::string_view(bytes).substr(0, size));
    reader.varint();
    reader.text();
    reader.signed_varint();
    reader.u8();
    EXPECT_FALSE(reader.ok()) << size;
  }
}

TEST(ValueTest, NumbersBeyond64BitsAreNonsense) {
  const std::string eleven_bytes = std::string(10, '\x80') + "\x01";
  const std::string too_great = std::string(9, '\xff') + "\x02";
  for (const std::string& bytes : {eleven_bytes, too_great}) {
    ValueReader reader(bytes);
    EXPECT_EQ(reader.varint(), 0U);
    EXPECT_FALSE(reader.ok());
    EXPECT_EQ(reader.text(), "");
  }
}

TEST(ValueTest, ALengthBeyondTheEndIsNonsense) {
  std::string bytes;
  ValueWriter(bytes).varint(~0ULL);
  ValueReader reader(bytes);
  EXPECT_EQ(reader.text(), "");
  EXPECT_FALSE(reader.ok());
}

}  // namespace
}  // namespace stepwell::store
