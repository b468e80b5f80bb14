#include "lang/policy/glob.h"

#include <gtest/gtest.h>

namespace stepwell::policy {
namespace {

bool matches(std::string_view pattern, std::string_view text, Case letters = Case::sensitive) {
  Glob glob;
  glob.add_pattern(pattern);
  Budget budget(100'000);
  return glob.matches(text, letters, budget);
}

TEST(GlobTest, Wildcards) {
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("a*", "a"));
  EXPECT_TRUE(matches("a*c*e", "abcde"));
  EXPECT_TRUE(matches("*b*b", "abbb"));
  EXPECT_TRUE(matches("a?c", "abc"));
  EXPECT_FALSE(matches("a?c", "ac"));
  EXPECT_FALSE(matches("a*c", "abd"));
  EXPECT_FALSE(matches("", "a"));
  EXPECT_FALSE(matches("abc", "ab"));
  EXPECT_TRUE(matches("**", "x"));
}

TEST(GlobTest, LettersOfEitherCase) {
  EXPECT_FALSE(matches("Get*", "getUser"));
  EXPECT_TRUE(matches("Get*", "getUser", Case::ignored));
}

TEST(GlobTest, OneCharacterMayBeManyBytes) {
  EXPECT_TRUE(matches("a?c",
                      "a\xc3\xa9"
                      "c"));
  EXPECT_FALSE(matches("a??c",
                       "a\xc3\xa9"
                       "c"));
}

TEST(GlobTest, LiteralsHaveNoWildcards) {
  Glob glob;
  glob.add_literal("*");
  Budget budget(100);
  EXPECT_TRUE(glob.matches("*", Case::sensitive, budget));
  EXPECT_FALSE(glob.matches("x", Case::sensitive, budget));
}

TEST(GlobTest, WorkIsBounded) {
  std::string pattern, text(5'000, 'a');
  for (int i = 0; i < 500; ++i) pattern += "*a";
  pattern += "b";
  Glob glob;
  glob.add_pattern(pattern);
  Budget budget(1'000);
  EXPECT_FALSE(glob.matches(text, Case::sensitive, budget));
  EXPECT_EQ(budget.left(), 0U);
}

}  // namespace
}  // namespace stepwell::policy
