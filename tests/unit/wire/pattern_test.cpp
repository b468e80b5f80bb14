#include "wire/pattern.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

struct Case {
  const char* expression;
  std::vector<std::string> matching, other;
};

TEST(Pattern, TheWholeTextMustSatisfyIt) {
  const std::vector<Case> cases = {
      {R"(^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$)",
       {"a", "1-2", "A.1_", "12345a"},
       {"123", "", "a b", "!a", "ALIAS@", "a\n"}},
      {R"([0-9A-Za-z\.\-_]*(?<!\.))", {"bucket", "a.b", ""}, {"a.", "."}},
      {R"(^(?!\s*$).+)", {"a", " a "}, {"", "  "}},
      {R"(^(?=[/\.\-_A-Za-z0-9]+)((?!aws\.).*)|(\$(\.[\w_-]+(\[(\d+|\*)\])*)*)$)",
       {"a.b c", "$.a[0]"},
       {"", "aws.s3", "!"}},
      {R"(\p{ASCII}*)", {"", "a\n\x7f"}, {"\xc3\xa9"}},
      {R"([\u0009\u0020-\u007E\u10000-\u10FFFF]+)", {"a \t", "\xf0\x9f\x98\x80"}, {"", "\n", "\xc3\xa9"}},
      {R"((\u002F)|(\u002F[\u0021-\u007F]+\u002F))", {"/", "/a/"}, {"", "//", "/a", "a/"}},
      {R"([!-~]+)", {"a!~"}, {"", "a b"}},
      {R"([a-zA-Z0-9-_]+)", {"a-_9"}, {"a.b", "x/"}},
      {R"((arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|())", {"", "arn:aws:sqs:us-east-1:1:q"}, {"arn", "x"}},
  };
  for (const Case& c : cases) {
    const auto pattern = Pattern::compile(c.expression);
    ASSERT_TRUE(pattern) << pattern.error().message;
    for (const std::string& text : c.matching) EXPECT_TRUE(pattern->matches(text)) << c.expression << " " << text;
    for (const std::string& text : c.other) EXPECT_FALSE(pattern->matches(text)) << c.expression << " " << text;
  }
}

TEST(Pattern, WhatCannotBeExpressedIsAnError) {
  const auto pattern = Pattern::compile("(?=a)b");
  ASSERT_FALSE(pattern);
  EXPECT_NE(pattern.error().message.find("(?=a)b"), std::string::npos);
}

TEST(Pattern, SomeSayNothing) {
  EXPECT_TRUE(Pattern::is_trivial(".*"));
  EXPECT_TRUE(Pattern::is_trivial("[\\s\\S]*"));
  EXPECT_FALSE(Pattern::is_trivial(".+"));
}

}  // namespace
}  // namespace stepwell::wire
