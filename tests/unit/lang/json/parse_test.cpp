#include "lang/json/parse.h"

#include "lang/json/build.h"
#include "lang/json/print.h"

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

std::string nested(std::size_t depth, std::string_view open, std::string_view close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  text += "1";
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

TEST(ParseDepth, IsBounded) {
  for (const auto& [open, close] : {std::pair{"[", "]"}, std::pair{R"({"a":)", "}"}}) {
    Arena arena;
    const std::string text = nested(1000, open, close);
    const auto value = parse(arena, text);
    ASSERT_TRUE(value) << value.error().message;
    EXPECT_EQ(print(*value), text);
    const auto deeper = parse(arena, nested(1001, open, close));
    ASSERT_FALSE(deeper);
    EXPECT_EQ(deeper.error().message, "Too many nested arrays and objects");
    EXPECT_EQ(deeper.error().offset, 1000 * std::string_view(open).size());
  }
}

TEST(ParseDepth, OfAHundredThousandArraysIsAnError) {
  Arena arena;
  EXPECT_FALSE(parse(arena, nested(100'000, "[", "]")));
  EXPECT_FALSE(parse(arena, std::string(100'000, '[')));
}

TEST(ParseDepth, IsAnOption) {
  Arena arena;
  EXPECT_TRUE(parse(arena, "1", {.max_depth = 0}));
  EXPECT_FALSE(parse(arena, "[]", {.max_depth = 0}));
  EXPECT_TRUE(parse(arena, "[[],[],{}]", {.max_depth = 2}));
  EXPECT_FALSE(parse(arena, "[[],[[]]]", {.max_depth = 2}));
}

TEST(Parse, TakesManyArraysSideBySide) {
  std::string text = "[";
  for (int i = 0; i < 100'000; ++i) text += i == 0 ? "[]" : ",[]";
  text += "]";
  Arena arena;
  const auto value = parse(arena, text);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->size(), 100'000U);
  EXPECT_EQ(print(*value), text);
}

TEST(Parse, KeepsOuterPartsWhileInnerOnesGrow) {
  std::string inner = "[";
  for (int i = 0; i < 500; ++i) inner += (i == 0 ? "" : ",") + std::to_string(i);
  inner += "]";
  std::string text = "{";
  for (int i = 0; i < 300; ++i)
    text += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + "\":[1," + inner + ",{\"x\":2}]";
  text += "}";
  Arena arena;
  const auto value = parse(arena, text);
  ASSERT_TRUE(value);
  EXPECT_EQ(print(*value), text);
}

TEST(Parse, ViewsWhatNeedsNoDecoding) {
  const std::string text = R"(["plain",12.50,"esc\taped"])";
  Arena arena;
  const Value value = parse(arena, text).value();
  const auto is_view = [&](std::string_view part) {
    return part.data() >= text.data() && part.data() < text.data() + text.size();
  };
  EXPECT_TRUE(is_view(value.elements()[0].as_string()));
  EXPECT_TRUE(is_view(value.elements()[1].lexeme()));
  EXPECT_FALSE(is_view(value.elements()[2].as_string()));
  EXPECT_EQ(value.elements()[2].as_string(), "esc\taped");
}

TEST(Parse, CopyDependsOnTheArenaAlone) {
  Arena arena;
  Value value;
  {
    std::string text = R"({"key":"some text that is longer than small","n":1234567890123})";
    value = parse_copy(arena, text).value();
    std::ranges::fill(text, '#');
  }
  EXPECT_EQ(print(value), R"({"key":"some text that is longer than small","n":1234567890123})");
}

TEST(Parse, ErrorNamesLineAndColumnInCharacters) {
  Arena arena;
  const auto value = parse(arena, "{\n  \"\u00e9\U0001F600\": x\n}");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().message, "Unexpected character 'x', expected a value");
  EXPECT_EQ(value.error().offset, 14U);
  EXPECT_EQ(value.error().line, 2U);
  EXPECT_EQ(value.error().column, 9U);
}

TEST(Parse, RefusesATextBeyond32Bits) {
  Arena arena;
  // Only the length is looked at.
  const std::string_view text("1", (std::size_t{1} << 32) + 1);
  for (const auto& value : {parse(arena, text), parse_copy(arena, text)}) {
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().message, "The text is longer than 4 GiB");
  }
}

}  // namespace
}  // namespace stepwell::json
