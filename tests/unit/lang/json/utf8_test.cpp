#include "lang/json/utf8.h"

#include "lang/json/parse.h"

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

TEST(Utf8, Table) {
  const std::pair<std::string_view, bool> cases[] = {
      {"", true},
      {"plain", true},
      {"eight by", true},
      {"\x7f", true},
      {"\xC2\x80", true},
      {"\xDF\xBF", true},
      {"\xE0\xA0\x80", true},
      {"\xED\x9F\xBF", true},
      {"\xEE\x80\x80", true},
      {"\xEF\xBF\xBF", true},
      {"\xF0\x90\x80\x80", true},
      {"\xF4\x8F\xBF\xBF", true},
      {"long ascii before \xE2\x82\xAC and behind it", true},
      {"\x80", false},
      {"\xBF", false},
      {"\xC0\x80", false},
      {"\xC1\xBF", false},
      {"\xC2", false},
      {"\xC2\x7F", false},
      {"\xC2\xC0", false},
      {"\xE0\x9F\xBF", false},
      {"\xE0\xA0", false},
      {"\xE1\x80\x7F", false},
      {"\xE1\x80\xC0", false},
      {"\xED\xA0\x80", false},
      {"\xED\xBF\xBF", false},
      {"\xF0\x8F\xBF\xBF", false},
      {"\xF0\x90\x80", false},
      {"\xF1\x80\x80\x7F", false},
      {"\xF1\x80\xC0\x80", false},
      {"\xF4\x90\x80\x80", false},
      {"\xF5\x80\x80\x80", false},
      {"\xFE", false},
      {"\xFF", false},
      {"long ascii before \xE2\x82", false},
      {"1234567\x80", false},
  };
  for (const auto& [text, valid] : cases) EXPECT_EQ(is_valid_utf8(text), valid) << testing::PrintToString(text);
}

TEST(Utf8, EveryCodePointIsEncodedAndRead) {
  for (std::uint32_t code_point = 0; code_point <= 0x10FFFF; ++code_point) {
    if (code_point >= 0xD800 && code_point < 0xE000) continue;
    char text[4];
    const std::size_t length = encode_utf8(code_point, text);
    ASSERT_EQ(length, code_point < 0x80 ? 1U : code_point < 0x800 ? 2U : code_point < 0x10000 ? 3U : 4U) << code_point;
    if (length > 1) ASSERT_EQ(utf8_sequence(text, text + length), length) << code_point;
    if (length > 1) ASSERT_EQ(utf8_sequence(text, text + length - 1), 0U) << code_point;
  }
}

}  // namespace
}  // namespace stepwell::json
