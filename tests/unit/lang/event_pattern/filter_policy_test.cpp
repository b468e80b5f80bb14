#include "lang/event_pattern/attributes.h"
#include "patterns.h"

#include <initializer_list>

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

bool accepts(std::string_view policy, std::initializer_list<Attribute> attributes) {
  const auto pattern = compile(policy, Dialect::sns_attributes);
  EXPECT_TRUE(pattern.has_value()) << policy << ": " << (pattern ? "" : pattern.error().message);
  json::Arena arena;
  return pattern && matches(*pattern, event_of(arena, std::span(attributes.begin(), attributes.size())));
}

std::string refusal(std::string_view policy, Dialect dialect) {
  const auto compiled = compile(policy, dialect);
  EXPECT_FALSE(compiled.has_value()) << policy;
  if (compiled) return {};
  EXPECT_EQ(compiled.error().code, "InvalidParameter");
  return compiled.error().message;
}

// "Example filter policies" of the documentation of SNS.
TEST(FilterPolicyTest, AttributesOfAMessage) {
  const std::initializer_list<Attribute> message = {
      {.name = "store", .type = "String", .value = "example_corp"},
      {.name = "event", .type = "String", .value = "order_placed"},
      {.name = "customer_interests", .type = "String.Array", .value = R"(["soccer", "rugby", "hockey"])"},
      {.name = "price_usd", .type = "Number", .value = "210.75"},
      {.name = "encrypted", .type = "Binary", .value = "abc"}};
  EXPECT_TRUE(accepts(R"({"store": ["example_corp"], "event": [{"anything-but": "order_cancelled"}],
                          "customer_interests": ["rugby", "football", "baseball"],
                          "price_usd": [{"numeric": [">=", 100]}]})",
                      message));
  EXPECT_FALSE(accepts(R"({"store": ["example_corp"], "event": ["order_cancelled"], "encrypted": [false]})", message));
  EXPECT_TRUE(accepts(R"({"price_usd": [210.75]})", message));
  EXPECT_FALSE(accepts(R"({"price_usd": ["210.75"]})", message));
  EXPECT_TRUE(accepts(R"({"encrypted": [{"exists": false}]})", message));
  EXPECT_TRUE(accepts(R"({"$or": [{"store": ["x"]}, {"price_usd": [{"numeric": ["<", 211]}]}]})", message));
}

TEST(FilterPolicyTest, AttributesThatAreNotOfTheirType) {
  EXPECT_TRUE(accepts(R"({"a": [{"exists": false}]})", {{.name = "a", .type = "Number", .value = "x"}}));
  EXPECT_TRUE(accepts(R"({"a": [{"exists": false}]})", {{.name = "a", .type = "String.Array", .value = "{}"}}));
  EXPECT_TRUE(accepts(R"({"a": [5]})", {{.name = "a", .type = "Number.int", .value = "5"}}));
  EXPECT_TRUE(accepts(R"({"a": ["5"]})", {{.name = "a", .type = "String.custom", .value = "5"}}));
}

TEST(FilterPolicyTest, BodyOfAMessage) {
  constexpr std::string_view body = R"({"person": {"name": "Anna", "tags": ["a", "b"]}, "amount": 7})";
  EXPECT_TRUE(fits(R"({"person": {"name": ["Anna"], "tags": ["b"]}})", body, Dialect::sns_body));
  EXPECT_FALSE(fits(R"({"person": {"name": ["Eve"]}})", body, Dialect::sns_body));
}

TEST(FilterPolicyTest, Limits) {
  EXPECT_EQ(refusal(R"({"a": {"b": ["x"]}})", Dialect::sns_attributes),
            "Filter policy scope MessageAttributes does not support nested filter policy");
  EXPECT_EQ(refusal(R"({"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]})", Dialect::sns_attributes),
            "FilterPolicy: Filter policy can not have more than 5 keys");
  std::string values = "1";
  for (int i = 2; i <= 150; ++i) values += fmt::format(",{}", i);
  EXPECT_TRUE(compile(fmt::format(R"({{"a":[{}]}})", values), Dialect::sns_attributes).has_value());
  EXPECT_EQ(refusal(fmt::format(R"({{"a":[{},151]}})", values), Dialect::sns_attributes),
            "FilterPolicy: Filter policy is too complex");
  // 3 × 4 × 2 × 3 = 72, as the documentation counts; twice that is 144, three times too much.
  constexpr std::string_view nested =
      R"({{"key_a":{{"key_b":{{"key_c":[1,2,3,4]}}}},"key_d":{{"key_e":[1,2,3]}},"k":[{}]}})";
  EXPECT_TRUE(compile(fmt::format(nested, "1,2"), Dialect::sns_body).has_value());
  EXPECT_EQ(refusal(fmt::format(nested, "1,2,3"), Dialect::sns_body), "FilterPolicy: Filter policy is too complex");
  EXPECT_NE(refusal(R"({"a":[{"wildcard":"*a*b*c*"}]})", Dialect::sns_body), "");
}

TEST(FilterPolicyTest, Refusals) {
  EXPECT_EQ(refusal(R"({"store": [{"error": true}]})", Dialect::sns_attributes),
            "FilterPolicy: Unrecognized match type error\n at [Source: (String)\"{\"store\": [{\"error\": true}]}\"; "
            "line: 1, column: 26]");
}

}  // namespace
}  // namespace stepwell::event_pattern
