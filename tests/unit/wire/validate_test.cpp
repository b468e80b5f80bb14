// The sentences are AWS's, as recorded from Step Functions, DynamoDB, Athena, Lambda and Certificate Manager.
#include "wire/validate.h"

#include "lang/json/parse.h"
#include "models.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::wire {
namespace {

// One member of every kind of type and limit.
const ApiModel& model() {
  static const auto loaded = load_model(R"({
    "service": "s", "protocol": "json", "targetPrefix": "S", "operations": {},
    "shapes": {
      "Blob": {"type": "blob", "max": 4},
      "Boolean": {"type": "boolean"},
      "Bounded": {"type": "list", "member": "Route", "min": 1, "max": 2},
      "Description": {"type": "string", "max": 4, "sensitive": true},
      "Document": {"type": "document"},
      "Double": {"type": "double", "min": 0, "max": 1},
      "Float": {"type": "float"},
      "Input": {"type": "structure", "members": {
        "alias": "Restricted", "blob": "Blob", "boolean": "Boolean", "data": "Limited", "description": "Description", "document": "Document",
        "double": "Double", "float": "Float", "keys": "Keys", "KMSKey": "Name", "long": "Long", "maxResults": "PageSize", "name": "Name",
        "nested": "Nested", "plain": "Integer", "routes": "Bounded", "routesByName": "Routes", "status": "Status", "tags": "Tags",
        "time": "Time"}},
      "Integer": {"type": "integer"},
      "Key": {"type": "string", "min": 1, "max": 3, "pattern": "[a-z]*"},
      "Keys": {"type": "list", "member": "Key"},
      "Limited": {"type": "string", "max": 4, "unit": "bytes", "sensitive": true},
      "Long": {"type": "long", "min": 0},
      "Name": {"type": "string", "min": 1, "max": 3},
      "Nested": {"type": "structure", "required": ["routes"], "members": {"routes": "Bounded"}},
      "PageSize": {"type": "integer", "min": 0, "max": 1000},
      "Restricted": {"type": "string", "max": 80, "pattern": "^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$"},
      "Route": {"type": "structure", "required": ["arn", "weight"], "members": {"arn": "Name", "weight": "Weight", "note": "Description"}},
      "Routes": {"type": "map", "key": "Key", "value": "Route"},
      "Status": {"type": "string", "enum": ["SUCCEEDED", "FAILED"]},
      "Tags": {"type": "map", "key": "Key", "value": "Name"},
      "Time": {"type": "timestamp"},
      "Weight": {"type": "integer", "min": 0, "max": 100}}})");
  return *loaded;
}

Error verdict(const std::string& input) {
  json::Arena arena;
  const auto value = json::parse(arena, input);
  EXPECT_TRUE(value) << input;
  const auto result = validate_input(*model().shape("Input"), *value);
  return result ? Error{} : result.error();
}

struct Case {
  std::string input;
  std::string message;  // behind "1 validation error detected: "
};

TEST(Validate, WhatSatisfiesTheModelPasses) {
  for (const char* input :
       {"{}", R"({"name": null, "unknown": {"a": 1}})", R"({"name": "äöü", "maxResults": 0, "plain": 3.0})",
        R"({"maxResults": 1e3, "long": 9223372036854775807, "double": 0.5, "float": 7, "time": 1.5e9})",
        R"({"routes": [{"arn": "a", "weight": 100}], "keys": [], "tags": {}, "document": [1, {"a": null}]})",
        R"({"routesByName": {"a": {"arn": "a", "weight": 1}}, "blob": "AAAA", "blob": "AA==", "status": "FAILED"})",
        R"({"data": "1234", "description": "1234", "alias": "12345a", "boolean": false, "nested": null})"}) {
    EXPECT_EQ(verdict(input), Error{}) << input << ": " << verdict(input).message;
  }
}

TEST(Validate, ViolationsInAwsWords) {
  const std::vector<Case> cases = {
      {R"({"maxResults": 1001})",
       "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000"},
      {R"({"maxResults": -1})",
       "Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0"},
      {R"({"maxResults": 99999999999})",
       "Value '2147483647' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to "
       "1000"},
      {R"({"maxResults": 1e400})",
       "Value '2147483647' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to "
       "1000"},
      {R"({"maxResults": 1.001e3})",
       "Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000"},
      {R"({"double": 1.5})",
       "Value '1.5' at 'double' failed to satisfy constraint: Member must have value less than or equal to 1.0"},
      {R"({"double": -2})",
       "Value '-2.0' at 'double' failed to satisfy constraint: Member must have value greater than or equal to 0.0"},
      {R"({"name": "abcd"})",
       "Value 'abcd' at 'name' failed to satisfy constraint: Member must have length less than or equal to 3"},
      {R"({"name": "\u00e4\u00f6\u00fc\ud83d\ude00"})",
       "Value 'äöü😀' at 'name' failed to satisfy constraint: Member must have length less than or equal to 3"},
      {R"({"name": ""})",
       "Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1"},
      {R"({"KMSKey": ""})",
       "Value '' at 'kMSKey' failed to satisfy constraint: Member must have length greater than or equal to 1"},
      {R"({"status": "BOGUS"})",
       "Value 'BOGUS' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, "
       "FAILED]"},
      {R"({"alias": "123"})",
       R"(Value '123' at 'alias' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$)"},
      {R"({"description": "12345"})",
       "Value at 'description' failed to satisfy constraint: Member must have length less than or equal to 4"},
      {R"({"data": "12\u00e4\u00e4"})",
       "Value at 'data' failed to satisfy constraint: Member must have size less than or equal to 4 bytes in UTF-8 "
       "encoding"},
      {R"({"blob": "AAAAAAA="})",
       "Value 'AAAAAAA=' at 'blob' failed to satisfy constraint: Member must have length less than or equal to 4"},
      {R"({"routes": []})",
       "Value '[]' at 'routes' failed to satisfy constraint: Member must have length greater than or equal to 1"},
      {R"({"routes": [{"arn": "a", "weight": 1}, {"arn": "b", "weight": 2, "note": "n"}, {"arn": "c", "weight": 3}]})",
       "Value '[Route(arn=a, weight=1, note=null), Route(arn=b, weight=2, note=***Sensitive Data Redacted***), "
       "Route(arn=c, weight=3, note=null)]' "
       "at 'routes' failed to satisfy constraint: Member must have length less than or equal to 2"},
      {R"({"routes": [{"arn": "a", "weight": 101}]})",
       "Value '101' at 'routes.1.member.weight' failed to satisfy constraint: Member must have value less than or "
       "equal to 100"},
      {R"({"routes": [{"arn": "a", "weight": 1}, null]})",
       "Value null at 'routes.2.member' failed to satisfy constraint: Member must not be null"},
      {R"({"routes": [{"weight": 1}]})",
       "Value null at 'routes.1.member.arn' failed to satisfy constraint: Member must not be null"},
      {R"({"routesByName": {"a": {"arn": "a", "weight": null}}})",
       "Value null at 'routesByName.a.member.weight' failed to satisfy constraint: Member must not be null"},
      {R"({"nested": {}})", "Value null at 'nested.routes' failed to satisfy constraint: Member must not be null"},
      {R"({"keys": ["abc", "ABC", "abcd"]})",
       "Value '[abc, ABC, abcd]' at 'keys' failed to satisfy constraint: Member must satisfy constraint: [Member must "
       "have length less than or "
       "equal to 3, Member must have length greater than or equal to 1, Member must satisfy regular expression "
       "pattern: [a-z]*, Member must not be null]"},
      {R"({"keys": [null]})",
       "Value '[null]' at 'keys' failed to satisfy constraint: Member must satisfy constraint: [Member must have "
       "length less than or equal to 3, "
       "Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [a-z]*, "
       "Member must not be null]"},
      {R"({"tags": {"a": "b", "c": "defg"}})",
       "Value '{a=b, c=defg}' at 'tags' failed to satisfy constraint: Map value must satisfy constraint: [Member must "
       "have length less than or equal "
       "to 3, Member must have length greater than or equal to 1, Member must not be null]"},
      {R"({"tags": {"A": "b"}})",
       "Value '{A=b}' at 'tags' failed to satisfy constraint: Map keys must satisfy constraint: [Member must have "
       "length less than or equal to 3, "
       "Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [a-z]*, "
       "Member must not be null]"},
  };
  for (const Case& c : cases) {
    const Error error = verdict(c.input);
    EXPECT_EQ(error.code, "ValidationException") << c.input;
    EXPECT_EQ(error.message, "1 validation error detected: " + c.message) << c.input;
    EXPECT_EQ(error.fault, Fault::client);
  }
}

TEST(Validate, SeveralViolationsStandInOneMessage) {
  EXPECT_EQ(verdict(R"({"name": "", "maxResults": 1001})").message,
            "2 validation errors detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have "
            "value less than or "
            "equal to 1000; Value '' at 'name' failed to satisfy constraint: Member must have length greater than or "
            "equal to 1");
}

TEST(Validate, AtMostTenViolationsAreTold) {
  std::string routes;
  for (int i = 0; i < 20; ++i)
    routes += fmt::format("{}\"{}\": {{}}", i == 0 ? "" : ", ", std::string(1, static_cast<char>('a' + i)));
  EXPECT_TRUE(verdict(fmt::format(R"({{"routesByName": {{{}}}}})", routes))
                  .message.starts_with("10 validation errors detected: "));
}

TEST(Validate, WrongTypesInAwsWords) {
  const std::vector<Case> cases = {
      {R"({"name": 1})", "NUMBER_VALUE can not be converted to a String"},
      {R"({"name": 1.5})", "DECIMAL_VALUE can not be converted to a String"},
      {R"({"name": true})", "TRUE_VALUE can not be converted to a String"},
      {R"({"name": false})", "FALSE_VALUE can not be converted to a String"},
      {R"({"name": []})", "Start of list found where not expected"},
      {R"({"name": {}})", "Start of structure or map found where not expected."},
      {R"({"maxResults": "1"})", "STRING_VALUE can not be converted to an Integer"},
      {R"({"maxResults": true})", "TRUE_VALUE can not be converted to an Integer"},
      {R"({"maxResults": 1.5})", "DECIMAL_VALUE can not be converted to an Integer"},
      {R"({"maxResults": [1]})", "Start of list found where not expected"},
      {R"({"maxResults": {"a": 1}})", "Start of structure or map found where not expected."},
      {R"({"plain": 2147483648})", "NUMBER_VALUE can not be converted to an Integer"},
      {R"({"long": 9223372036854775808})", "NUMBER_VALUE can not be converted to a Long"},
      {R"({"long": "1"})", "STRING_VALUE can not be converted to a Long"},
      {R"({"float": "1"})", "STRING_VALUE can not be converted to a Float"},
      {R"({"double": 1e400})", "NUMBER_VALUE can not be converted to a Double"},
      {R"({"boolean": 1})", "NUMBER_VALUE can not be converted to a Boolean"},
      {R"({"boolean": "true"})", "STRING_VALUE can not be converted to a Boolean"},
      {R"({"time": "now"})", "STRING_VALUE can not be converted to milliseconds since epoch"},
      {R"({"blob": "AAA"})", "STRING_VALUE can not be converted to a Blob"},
      {R"({"blob": "AA!="})", "STRING_VALUE can not be converted to a Blob"},
      {R"({"routes": "x"})", "Expected list or null"},
      {R"({"routes": {}})", "Start of structure or map found where not expected."},
      {R"({"nested": "x"})", "Expected null"},
      {R"({"nested": []})", "Start of list found where not expected"},
      {R"({"tags": 1})", "Expected map or null"},
      {R"({"tags": []})", "Start of list found where not expected"},
      {R"({"tags": {"a": 1}})", "NUMBER_VALUE can not be converted to a String"},
      {R"({"keys": ["a", 1]})", "NUMBER_VALUE can not be converted to a String"},
      {R"({"routes": [1]})", "Expected null"},
      {R"({"routes": [{"arn": 1, "weight": 1}]})", "NUMBER_VALUE can not be converted to a String"},
      {R"({"routesByName": {"a": 1}})", "Expected null"},
      {R"({"name": "too long", "plain": "x"})", "STRING_VALUE can not be converted to an Integer"},
  };
  for (const Case& c : cases) {
    const Error error = verdict(c.input);
    EXPECT_EQ(error.code, "SerializationException") << c.input;
    EXPECT_EQ(error.message, c.message) << c.input;
  }
}

}  // namespace
}  // namespace stepwell::wire
