#include "lang/json/print.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

TEST(Print, EscapesOnlyWhatMustBe) {
  const std::pair<std::string, const char*> controls[] = {
      {"\"", R"("\"")"},       {"\\", R"("\\")"},       {"/", R"("/")"},          {"\b", R"("\b")"},
      {"\f", R"("\f")"},       {"\n", R"("\n")"},       {"\r", R"("\r")"},        {"\t", R"("\t")"},
      {"\x01", R"("\u0001")"}, {"\x0b", R"("\u000b")"}, {"\x1f", R"("\u001f")"},  {std::string(1, '\0'), R"("\u0000")"},
      {"\x7f", "\"\x7f\""},    {"<&'>", R"("<&'>")"},   {"\u2028", "\"\u2028\""},
  };
  for (const auto& [text, expected] : controls) {
    std::string out;
    print_string(out, text);
    EXPECT_EQ(out, expected);
  }
}

// An escape at every place of texts of every length around the width of a word.
TEST(Print, EscapesAtEveryPlace) {
  for (std::size_t length = 0; length < 40; ++length) {
    for (std::size_t at = 0; at < length; ++at) {
      std::string text(length, 'x');
      text[at] = '\n';
      std::string out = "before ";
      print_string(out, text);
      EXPECT_EQ(out, "before \"" + std::string(at, 'x') + "\\n" + std::string(length - at - 1, 'x') + "\"");
    }
  }
}

TEST(Print, GrowsForTextsThatAreAllEscapes) {
  const std::string text(10'000, '\x01');
  const std::string printed = print(Value::string(text));
  EXPECT_EQ(printed.size(), 60'002U);
  Arena arena;
  EXPECT_EQ(parse(arena, printed)->as_string(), text);
}

TEST(Print, AppendsAndKeepsWhatIsThere) {
  Arena arena;
  std::string out;
  std::string expected;
  for (int i = 0; i < 200; ++i) {
    print(out, parse(arena, R"({"a":[1,"two"]})").value());
    expected += R"({"a":[1,"two"]})";
    EXPECT_EQ(out, expected);
  }
}

TEST(Print, Pretty) {
  Arena arena;
  EXPECT_EQ(print_pretty(parse(arena, R"({"a":[1,[2,{}]],"b":{"c":[],"d":"x"}})").value()),
            "{\n"
            "  \"a\": [\n"
            "    1,\n"
            "    [\n"
            "      2,\n"
            "      {}\n"
            "    ]\n"
            "  ],\n"
            "  \"b\": {\n"
            "    \"c\": [],\n"
            "    \"d\": \"x\"\n"
            "  }\n"
            "}");
  EXPECT_EQ(print_pretty(Value()), "null");
  EXPECT_EQ(print_pretty(Value::array({})), "[]");
}

TEST(Print, WithinALimit) {
  Arena arena;
  const std::string text = R"({"a":[1,"two",true]})";
  const Value value = parse(arena, text).value();
  std::string out = "before ";
  EXPECT_TRUE(print_within(out, value, text.size()));
  EXPECT_EQ(out, "before " + text);
  for (std::size_t limit = 0; limit < text.size(); ++limit) {
    std::string cut;
    EXPECT_FALSE(print_within(cut, value, limit)) << limit;
  }
}

// 2^60 numbers as a text, sixty small arrays in memory.
TEST(Print, SharedSubtreesDoNotExplodeWithinALimit) {
  Arena arena;
  Value value = Value::number("1");
  for (int i = 0; i < 60; ++i) value = make_array(arena, std::array{value, value});
  std::string out;
  EXPECT_FALSE(print_within(out, value, 262'144));
  EXPECT_LT(out.size(), 262'144U + 64);
}

}  // namespace
}  // namespace stepwell::json
