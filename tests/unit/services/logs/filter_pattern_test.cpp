#include "services/logs/filter/pattern.h"

#include <gtest/gtest.h>

namespace stepwell::logs {
namespace {

bool matches(std::string_view pattern, std::string_view message) {
  const auto compiled = FilterPattern::compile(pattern);
  EXPECT_TRUE(compiled.has_value()) << pattern << ": " << compiled.error().detail;
  return compiled && compiled->matches(message);
}

TEST(FilterPattern, NothingMatchesEverything) {
  EXPECT_TRUE(matches("", "anything"));
  EXPECT_TRUE(matches("  ", ""));
}

TEST(FilterPattern, Terms) {
  EXPECT_TRUE(matches("ERROR timeout", "a timeout, an ERROR"));
  EXPECT_FALSE(matches("ERROR timeout", "an ERROR"));
  EXPECT_FALSE(matches("error", "an ERROR"));
  EXPECT_TRUE(matches(R"("two words")", "here are two words"));
  EXPECT_FALSE(matches(R"("two words")", "two other words"));
  EXPECT_TRUE(matches("?a1 ?b2", "only b2"));
  EXPECT_FALSE(matches("?a1 ?b2", "only c3"));
  EXPECT_FALSE(matches("ERROR -quiet", "a quiet ERROR"));
  EXPECT_TRUE(matches("-quiet", "loud"));
  EXPECT_TRUE(matches("%4[0-9]{2}%", "status 404"));
  EXPECT_FALSE(matches("%4[0-9]{2}%", "status 504"));
}

TEST(FilterPattern, MembersOfJson) {
  constexpr std::string_view message =
      R"({"user":{"id":7,"name":"ann"},"tags":["a","bc"],"ok":true,"none":null,"t":2.5})";
  EXPECT_TRUE(matches("{ $.user.id = 7 }", message));
  EXPECT_TRUE(matches("{ $.user.id = 7.0 }", message));
  EXPECT_FALSE(matches("{ $.user.id != 7 }", message));
  EXPECT_TRUE(matches("{ $.user.id > 6 && $.t <= 2.5 }", message));
  EXPECT_TRUE(matches(R"({ $.user.name = "a*" })", message));
  EXPECT_TRUE(matches("{ $.user.name = %^a% }", message));
  EXPECT_FALSE(matches("{ $.user.name = %^n% }", message));
  EXPECT_TRUE(matches("{ $.tags[1] = bc }", message));
  EXPECT_TRUE(matches("{ $.tags[*] = bc }", message));
  EXPECT_FALSE(matches("{ $.tags[2] = bc }", message));
  EXPECT_TRUE(matches("{ $.ok IS TRUE && $.none IS NULL && $.gone NOT EXISTS && $.user EXISTS }", message));
  EXPECT_FALSE(matches("{ $.ok IS FALSE }", message));
  EXPECT_TRUE(matches("{ ($.t = 1 || $.t = 2.5) && $.ok IS TRUE }", message));
  EXPECT_FALSE(matches("{ $.t = 1 || $.t = 2.5 && $.ok IS FALSE }", message));
  EXPECT_FALSE(matches("{ $.user.id = 7 }", "no JSON"));
}

TEST(FilterPattern, Columns) {
  constexpr std::string_view message = R"(127.0.0.1 - ann [10/Oct/2000:13:25:15 -0700] "GET /x HTTP/1.0" 404 1534)";
  EXPECT_TRUE(matches("[ip, id, user, time, request, status = 4*, bytes]", message));
  EXPECT_FALSE(matches("[ip, id, user, time, request, status = 5*, bytes]", message));
  EXPECT_FALSE(matches("[ip, status]", message));
  EXPECT_TRUE(matches("[ip, ..., bytes > 1000]", message));
  EXPECT_TRUE(matches("[..., status, bytes]", message));
  EXPECT_TRUE(matches("[ip, ..., request = *GET*, status = 404 || status = 410, bytes]", message));
  EXPECT_FALSE(matches("[ip, ..., bytes < 1000]", message));
}

TEST(FilterPattern, WhatIsWrongIsRefused) {
  for (const std::string_view pattern :
       {"{ $.a = ", "{ $.a }", "{ a = 1 }", "[a, b", "[..., ...]", "\"open", "%(%", "{ $.a = 1 } x"}) {
    const auto compiled = FilterPattern::compile(pattern);
    ASSERT_FALSE(compiled.has_value()) << pattern;
    EXPECT_EQ(compiled.error().code, "InvalidParameterException");
  }
  EXPECT_FALSE(FilterPattern::compile("{ " + std::string(1000, '(') + "$.a = 1" + std::string(1000, ')') + " }"));
}

}  // namespace
}  // namespace stepwell::logs
