#include "lang/asl/template.h"

#include "lang/asl/hash_order.h"
#include "lang/json/print.h"
#include "plain_activation.h"

#include <gtest/gtest.h>

namespace stepwell::asl {
namespace {

std::string evaluate(std::string_view definition, std::string_view input) {
  PlainActivation activation;
  activation.set_input(input);
  const auto compiled = Template::compile(activation.value(definition));
  if (!compiled) return "does not compile: " + compiled.error().message;
  const auto value = compiled->evaluate(activation, activation.input());
  return value ? json::print(*value) : "fails: " + value.error().cause.value_or("");
}

TEST(Template, replaces_marked_keys_at_any_depth) {
  struct Case {
    std::string_view definition;
    std::string_view input;
    std::string_view expected;
  };
  constexpr Case cases[] = {
      {"{}", "{}", "{}"},
      {R"({"a":1,"b":"$.x"})", "{}", R"({"a":1,"b":"$.x"})"},
      {R"({"a.$":"$.x"})", R"({"x":[1]})", R"({"a":[1]})"},
      {R"({"a":{"b":[1,{"c.$":"$.x"}]}})", R"({"x":2})", R"({"a":{"b":[1,{"c":2}]}})"},
      {R"([{"c.$":"$.x"},2])", R"({"x":2})", R"([{"c":2},2])"},
      {R"({"a":["$.x"]})", R"({"x":2})", R"({"a":["$.x"]})"},
      {R"({"a.$":"$.x[7]"})", R"({"x":[]})", R"({"a":null})"},
      {R"({"a.$":"$.x[*]"})", "{}", R"({"a":[]})"},
      {R"({"a":1,"a.$":"$.x"})", R"({"x":2})", R"({"a":2})"},
      {R"({".$":"$.x"})", R"({"x":2})", R"({"":2})"},
      {R"({"a.$":"$.y"})", R"({"x":2})",
       R"(fails: The JSONPath '$.y' specified for the field 'a.$' could not be found in the input '{"x":2}')"},
      {R"({"a.$":"$"})", "null", "fails: Unable to apply Path transformation to null or empty input."},
      {R"({"a.$":5})", "{}", "does not compile: the value of 'a.$' must be a string"},
      {R"("text")", "{}", R"("text")"},
  };
  for (const Case& c : cases) EXPECT_EQ(evaluate(c.definition, c.input), c.expected) << c.definition;
}

// Constants come first, in their order; then the marked keys in the order of a hash map.
TEST(Template, orders_keys_as_aws_does) {
  EXPECT_EQ(evaluate(R"({"Question.$":"$","Answer.$":"$"})", "1"), R"({"Answer":1,"Question":1})");
  EXPECT_EQ(evaluate(R"({"value.$":"$","bucketName":"b"})", "1"), R"({"bucketName":"b","value":1})");
  EXPECT_EQ(evaluate(R"({"FunctionName.$":"$","Payload":{"x.$":"$"}})", "1"),
            R"({"Payload":{"x":1},"FunctionName":1})");
  // The hashes of "Aa" and "BB" are equal.
  EXPECT_EQ(evaluate(R"({"BB.$":"$","Aa.$":"$"})", "1"), R"({"BB":1,"Aa":1})");
  EXPECT_EQ(evaluate(R"({"Aa.$":"$","BB.$":"$"})", "1"), R"({"Aa":1,"BB":1})");
}

TEST(HashOrder, buckets_of_java_strings) {
  EXPECT_EQ(hash_map_bucket("", 1), 0U);
  EXPECT_EQ(hash_map_bucket("a", 1), 97U % 16);
  EXPECT_EQ(hash_map_bucket("a", 12), 97U % 16);
  EXPECT_EQ(hash_map_bucket("a", 13), 97U % 32);
  EXPECT_EQ(hash_map_bucket("ä", 1), 228U % 16);
  // U+1F600 is hashed as its surrogates: 0xD83D * 31 + 0xDE00, folded by 16 bits.
  constexpr std::uint32_t hash = 0xD83DU * 31 + 0xDE00U;
  EXPECT_EQ(hash_map_bucket("\U0001F600", 1), (hash ^ (hash >> 16)) % 16);
}

TEST(Template, knows_constants) {
  PlainActivation activation;
  const auto definition = activation.value(R"({"a":[1,{"b":2}]})");
  const auto constant = Template::compile(definition);
  ASSERT_TRUE(constant);
  EXPECT_TRUE(constant->is_constant());
  EXPECT_TRUE(constant->evaluate(activation, {})->same_as(definition));
  EXPECT_FALSE(Template::compile(activation.value(R"({"a":[1,{"b.$":"$"}]})"))->is_constant());
}

}  // namespace
}  // namespace stepwell::asl
