#include "lang/json/value.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace stepwell::json {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();

TEST(Value, KindsAndSizes) {
  Arena arena;
  const Value value = parse(arena, R"([null,true,false,12.5,"text",[1,2],{"a":1}])").value();
  const std::span<const Value> parts = value.elements();
  EXPECT_EQ(value.size(), 7U);
  EXPECT_TRUE(parts[0].is_null());
  EXPECT_EQ(parts[0].size(), 0U);
  EXPECT_TRUE(parts[1].as_boolean());
  EXPECT_EQ(parts[1].size(), 0U);
  EXPECT_FALSE(parts[2].as_boolean());
  EXPECT_EQ(parts[3].lexeme(), "12.5");
  EXPECT_EQ(parts[3].size(), 4U);
  EXPECT_EQ(parts[4].as_string(), "text");
  EXPECT_EQ(parts[5].kind(), Kind::array);
  EXPECT_EQ(parts[6].members()[0].key, "a");
  EXPECT_EQ(Value().kind(), Kind::null);
}

TEST(ValueDeathTest, AccessorsRequireTheirKind) {
  EXPECT_DEATH(Value().as_boolean(), "is_boolean");
  EXPECT_DEATH(Value::boolean(true).as_string(), "is_string");
  EXPECT_DEATH(Value::string("1").lexeme(), "is_number");
  EXPECT_DEATH(Value::string("1").as_double(), "is_number");
  EXPECT_DEATH(Value::string("1").as_integer(), "is_number");
  EXPECT_DEATH(Value::string("[]").elements(), "is_array");
  EXPECT_DEATH(Value::array({}).members(), "is_object");
}

TEST(Value, SameTreeIsRecognised) {
  Arena arena;
  const Value value = parse(arena, R"([[1,2],[1,2]])").value();
  const Value sharing = make_array(arena, value.elements());
  EXPECT_TRUE(value.elements()[0].same_as(sharing.elements()[0]));
  EXPECT_FALSE(value.elements()[0].same_as(value.elements()[1]));
  EXPECT_TRUE(equal(value.elements()[0], value.elements()[1]));
}

TEST(Value, NumbersAsDouble) {
  const std::pair<const char*, double> cases[] = {
      {"0", 0.0},
      {"-0", -0.0},
      {"1.5", 1.5},
      {"-1e3", -1000.0},
      {"0.1", 0.1},
      {"9007199254740993", 9007199254740992.0},
      {"1.7976931348623157e308", std::numeric_limits<double>::max()},
      {"1.8e308", kInfinity},
      {"-1e400", -kInfinity},
      {"1e99999999999999999999", kInfinity},
      {"5e-324", std::numeric_limits<double>::denorm_min()},
      {"2.2250738585072011e-308", 2.2250738585072011e-308},
      {"1e-400", 0.0},
      {"-1e-400", -0.0},
      {"0e99999", 0.0},
      {"-0e99999", -0.0},
      {"0.0000000000000000000000001e25", 1.0},
  };
  for (const auto& [lexeme, expected] : cases) {
    const double value = Value::number(lexeme).as_double();
    EXPECT_EQ(value, expected) << lexeme;
    EXPECT_EQ(std::signbit(value), std::signbit(expected)) << lexeme;
  }
  std::string many = "1";
  many.append(400, '0');
  EXPECT_EQ(Value::number(many).as_double(), kInfinity);
  many += "e-400";
  EXPECT_EQ(Value::number(many).as_double(), 1.0);
}

TEST(Value, NumbersAsInteger) {
  const std::pair<const char*, std::optional<std::int64_t>> cases[] = {
      {"0", 0},
      {"-0", 0},
      {"-0.0e5", 0},
      {"3", 3},
      {"3.0", 3},
      {"3e2", 300},
      {"3E+2", 300},
      {"300e-2", 3},
      {"-3.00e0", -3},
      {"1.25e2", 125},
      {"1.25e1", std::nullopt},
      {"0.5", std::nullopt},
      {"5e-1", std::nullopt},
      {"0.5e1", 5},
      {"0.001e3", 1},
      {"0e999999999999999999999", 0},
      {"1e999999999999999999999", std::nullopt},
      {"1e-999999999999999999999", std::nullopt},
      {"9223372036854775807", kLargest},
      {"9223372036854775807.000", kLargest},
      {"9223372036854775808", std::nullopt},
      {"9.223372036854775807e18", kLargest},
      {"9.223372036854775808e18", std::nullopt},
      {"-9223372036854775808", kSmallest},
      {"-9.223372036854775808e18", kSmallest},
      {"-9223372036854775808.0", kSmallest},
      {"-9223372036854775809", std::nullopt},
      {"-9.223372036854775809e18", std::nullopt},
      {"9999999999999999999", std::nullopt},
      {"1e18", 1'000'000'000'000'000'000},
      {"1e19", std::nullopt},
      {"1e20", std::nullopt},
      {"100000000000000000000e-2", 1'000'000'000'000'000'000},
  };
  for (const auto& [lexeme, expected] : cases) EXPECT_EQ(Value::number(lexeme).as_integer(), expected) << lexeme;
}

TEST(Value, IntegersArePrinted) {
  Arena arena;
  EXPECT_EQ(Value::integer(arena, 0).lexeme(), "0");
  EXPECT_EQ(Value::integer(arena, -1).lexeme(), "-1");
  EXPECT_EQ(Value::integer(arena, kLargest).lexeme(), "9223372036854775807");
  EXPECT_EQ(Value::integer(arena, kSmallest).lexeme(), "-9223372036854775808");
}

TEST(Value, RealsArePrintedAsEcmascriptDoes) {
  const std::pair<double, const char*> cases[] = {
      {0.0, "0"},
      {-0.0, "0"},
      {1.0, "1"},
      {-12.0, "-12"},
      {0.1, "0.1"},
      {0.1 + 0.2, "0.30000000000000004"},
      {123.456, "123.456"},
      {-1.5, "-1.5"},
      {100.0, "100"},
      {1e20, "100000000000000000000"},
      {123456789012345680000.0, "123456789012345680000"},
      {1e21, "1e+21"},
      {1.5e21, "1.5e+21"},
      {1e30, "1e+30"},
      {-1.25e100, "-1.25e+100"},
      {0.000001, "0.000001"},
      {0.00000123, "0.00000123"},
      {1e-7, "1e-7"},
      {-1.5e-7, "-1.5e-7"},
      {5e-324, "5e-324"},
      {1.7976931348623157e308, "1.7976931348623157e+308"},
      {9007199254740993.0, "9007199254740992"},
  };
  for (const auto& [value, expected] : cases) {
    Arena arena;
    const Value number = Value::real(arena, value);
    EXPECT_EQ(number.lexeme(), expected);
    EXPECT_EQ(number.as_double(), value);
    Arena other;
    EXPECT_TRUE(parse(other, number.lexeme())) << number.lexeme();
  }
}

TEST(Value, BuilderTakesEveryKind) {
  Arena arena;
  ObjectBuilder builder(arena);
  std::string text = "copied";
  builder.add("null", Value()).add("text", std::string_view(text)).add("literal", "lit").add("int", 1);
  builder.add("long", std::int64_t{1} << 40).add("flag", true);
  const Value elements[] = {Value::boolean(false), make_string(arena, text), make_array(arena, {})};
  builder.add("array", make_array(arena, elements)).add("object", ObjectBuilder(arena).build());
  builder.add("int", 2);
  text = "######";
  EXPECT_FALSE(builder.empty());
  EXPECT_EQ(print(builder.build()),
            R"({"null":null,"text":"copied","literal":"lit","int":2,"long":1099511627776,"flag":true,)"
            R"("array":[false,"copied",[]],"object":{}})");
}

TEST(Value, CopyPointsNowhereElse) {
  Arena arena;
  Value copied;
  const std::string text = R"({"a":[1,2.0,"x",[[],{}],null,true],"b":{"c":{"d":"\u00e9"}},"":""})";
  {
    Arena source;
    std::string volatile_text = text;
    copied = copy(arena, parse(source, volatile_text).value());
    std::ranges::fill(volatile_text, '#');
  }
  EXPECT_TRUE(equal(copied, parse(arena, text).value()));
}

// Deeper than any text may be: what a program builds step by step.
TEST(Value, TreesMayBeDeeperThanTexts) {
  constexpr std::size_t kDepth = 200'000;
  Arena arena;
  const auto deep = [&arena] {
    Value value = Value::number("1");
    for (std::size_t i = 0; i < kDepth; ++i) value = make_array(arena, {&value, 1});
    return value;
  };
  const Value a = deep();
  const Value b = copy(arena, deep());
  EXPECT_TRUE(equal(a, b));
  EXPECT_EQ(print(a).size(), 2 * kDepth + 1);
  EXPECT_EQ(print(a), print(b));
}

}  // namespace
}  // namespace stepwell::json
