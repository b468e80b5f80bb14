#include "wire/call.h"

#include "lang/json/parse.h"

#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

TEST(Call, MembersAreReadByType) {
  Call call;
  call.input =
      *json::parse_copy(call.arena, R"({"text": "a", "empty": "", "number": 3.0, "flag": true, "null": null})");
  EXPECT_EQ(call.text("text"), "a");
  EXPECT_EQ(call.text("absent"), "");
  EXPECT_EQ(call.optional_text("empty"), "");
  EXPECT_EQ(call.optional_text("absent"), std::nullopt);
  EXPECT_EQ(call.integer("number"), 3);
  EXPECT_EQ(call.integer("null"), std::nullopt);
  EXPECT_TRUE(call.flag("flag"));
  EXPECT_FALSE(call.flag("absent"));
  EXPECT_TRUE(call.has("empty"));
  EXPECT_FALSE(call.has("null"));
  EXPECT_EQ(call.member("null"), nullptr);
}

TEST(Call, TimesAreSecondsWithMilliseconds) {
  json::Arena arena;
  EXPECT_EQ(epoch_seconds(arena, 1714558830123).lexeme(), "1714558830.123");
  EXPECT_EQ(epoch_seconds(arena, 1714558830000).lexeme(), "1714558830.000");
  EXPECT_EQ(epoch_seconds(arena, 5).lexeme(), "0.005");
  EXPECT_EQ(epoch_seconds(arena, -1500).lexeme(), "-1.500");
  EXPECT_EQ(epoch_seconds(arena, INT64_MIN).lexeme(), "-9223372036854775.808");
}

}  // namespace
}  // namespace stepwell::wire
