#include "lang/asl/choice/operators.h"
#include "lang/json/parse.h"

#include <set>

#include <gtest/gtest.h>

namespace stepwell::asl {
namespace {

bool test(std::string_view name, std::string_view value, std::string_view operand) {
  json::Arena arena;
  const ChoiceOperator* op = find_choice_operator(name);
  if (op == nullptr) return ADD_FAILURE() << name, false;
  return op->test(*json::parse(arena, value), *json::parse(arena, operand));
}

TEST(ChoiceOperators, are_the_39_of_the_language) {
  std::set<std::string_view> names;
  for (const ChoiceOperator& op : choice_operators()) names.insert(op.name);
  EXPECT_EQ(names.size(), 39U);
  for (const std::string family : {"String", "Numeric", "Timestamp"}) {
    for (const std::string comparison : {"Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"}) {
      EXPECT_TRUE(names.contains(family + comparison));
      EXPECT_TRUE(names.contains(family + comparison + "Path"));
    }
  }
  EXPECT_EQ(find_choice_operator("StringMatchesPath"), nullptr);
  EXPECT_EQ(find_choice_operator("Zzz"), nullptr);
}

// For each pair the outcome of: equals, less, less or equal, greater, greater or equal.
TEST(ChoiceOperators, compare_within_a_family) {
  struct Case {
    std::string family, a, b, outcome;
  };
  const std::string less = "01100";
  const std::string same = "10101";
  const std::string more = "00011";
  const std::string unlike = "00000";
  const Case cases[] = {
      {"Numeric", "0", "1", less},
      {"Numeric", "0", "0.0", same},
      {"Numeric", "-0", "0", same},
      {"Numeric", "1e2", "100", same},
      {"Numeric", "2", "1.5", more},
      {"Numeric", "9007199254740993", "9007199254740992", more},
      {"Numeric", "\"1\"", "1", unlike},
      {"Numeric", "null", "0", unlike},
      {"Numeric", "[1]", "1", unlike},
      {"Numeric", "true", "1", unlike},
      {"String", R"("A")", R"("AB")", less},
      {"String", R"("")", R"("")", same},
      {"String", R"("a")", R"("B")", more},
      {"String", R"(" ")", R"("     ")", less},
      // By UTF-16 code units: U+1F600 is written with surrogates, which come before U+FF5E.
      {"String", R"("😀")", R"("～")", less},
      {"String", R"("～")", R"("😀")", more},
      {"String", R"("é")", R"("z")", more},
      {"String", "1", R"("1")", unlike},
      {"String", "{}", R"("a")", unlike},
      {"Timestamp", R"("2012-10-09T19:00:55Z")", R"("2012-10-09T19:00:56Z")", less},
      {"Timestamp", R"("2012-10-09T19:00:55Z")", R"("2012-10-09T20:00:55+01:00")", same},
      {"Timestamp", R"("2012-10-09T19:00:55.5Z")", R"("2012-10-09T19:00:55Z")", more},
      {"Timestamp", R"("2012-10-09T19:00:55")", R"("2012-10-09T19:00:55")", unlike},
      {"Timestamp", R"("2012-10-09")", R"("2012-10-09T19:00:55Z")", unlike},
      {"Timestamp", "0", R"("2012-10-09T19:00:55Z")", unlike},
  };
  for (const Case& c : cases) {
    std::string outcome;
    for (const std::string comparison : {"Equals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"}) {
      const bool holds = test(c.family + comparison, c.a, c.b);
      EXPECT_EQ(test(c.family + comparison + "Path", c.a, c.b), holds);
      outcome += holds ? '1' : '0';
    }
    EXPECT_EQ(outcome, c.outcome) << c.family << " " << c.a << " " << c.b;
  }
}

TEST(ChoiceOperators, tell_types_apart) {
  struct Case {
    std::string_view value;
    std::string_view type;  // the only operator besides IsPresent that holds; a timestamp is a string too
  };
  constexpr Case cases[] = {
      {"null", "IsNull"},
      {"false", "IsBoolean"},
      {"0", "IsNumeric"},
      {"-1.5e3", "IsNumeric"},
      {R"("")", "IsString"},
      {R"("2023-02-24")", "IsString"},
      {R"("2012-10-09T19:00:55")", "IsString"},
      {"[]", ""},
      {"{}", ""},
  };
  for (const Case& c : cases) {
    for (const std::string_view op : {"IsNull", "IsBoolean", "IsNumeric", "IsString", "IsTimestamp"}) {
      EXPECT_EQ(test(op, c.value, "true"), op == c.type) << op << " " << c.value;
    }
    EXPECT_TRUE(test("IsPresent", c.value, "true"));
  }
  EXPECT_TRUE(test("IsTimestamp", R"("2012-10-09T19:00:55+01:00")", "true"));
  EXPECT_TRUE(test("IsString", R"("2012-10-09T19:00:55+01:00")", "true"));
}

TEST(ChoiceOperators, compare_booleans) {
  EXPECT_TRUE(test("BooleanEquals", "true", "true"));
  EXPECT_TRUE(test("BooleanEqualsPath", "false", "false"));
  EXPECT_FALSE(test("BooleanEquals", "false", "true"));
  for (const std::string_view value : {"null", "0", "1", R"("")", R"("true")", "[]", "{}"}) {
    EXPECT_FALSE(test("BooleanEquals", value, "true")) << value;
    EXPECT_FALSE(test("BooleanEquals", value, "false")) << value;
  }
}

TEST(ChoiceOperators, match_patterns) {
  struct Case {
    std::string_view text, pattern;
    bool matches;
  };
  constexpr Case cases[] = {
      {"", "", true},
      {"", "*", true},
      {"a", "", false},
      {"log-2024.txt", "log-*.txt", true},
      {"log-2024.txt.gz", "log-*.txt", false},
      {"log-.txt.txt", "log-*.txt", true},
      {"abcabc", "*abc", true},
      {"abcabd", "*abc*", true},
      {"zebra", "z*b*a", true},
      {"zebra", "z*b*x", false},
      {"a*b", R"(a\*b)", true},
      {"aXb", R"(a\*b)", false},
      {R"(a\b)", R"(a\\b)", true},
      {R"(a\b)", R"(a\b)", true},
      {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaab", "a*a*a*a*a*a*a*a*c", false},
      {"?x", "?x", true},
      {"yx", "?x", false},
      {"größe", "gr*e", true},
      {"a**b", "a**b", true},
      {"**", R"(\*\*)", true},
  };
  for (const Case& c : cases) EXPECT_EQ(matches_pattern(c.text, c.pattern), c.matches) << c.text << " " << c.pattern;
  EXPECT_FALSE(test("StringMatches", "1", R"("*")"));
}

}  // namespace
}  // namespace stepwell::asl
