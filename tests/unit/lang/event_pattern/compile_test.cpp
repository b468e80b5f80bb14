#include "lang/event_pattern/texts.h"
#include "patterns.h"

#include <fmt/format.h>

namespace stepwell::event_pattern {
namespace {

std::string refusal(std::string_view pattern) {
  const auto compiled = compile(pattern, Dialect::event_bus);
  EXPECT_FALSE(compiled.has_value()) << pattern;
  if (compiled) return {};
  EXPECT_EQ(compiled.error().code, "InvalidEventPatternException");
  constexpr std::string_view start = "Event pattern is not valid. Reason: ";
  EXPECT_TRUE(compiled.error().message.starts_with(start)) << compiled.error().message;
  return compiled.error().message.substr(start.size());
}
// The refusal of a pattern of one line, with the column that it names.
std::string at(std::string_view reason, std::string_view pattern, int column) {
  return fmt::format("{}\n at [Source: (String)\"{}\"; line: 1, column: {}]", reason, pattern, column);
}
void expect_refusal(std::string_view pattern, std::string_view reason, int column) {
  EXPECT_EQ(refusal(pattern), at(reason, pattern, column));
}

TEST(CompileTest, Shapes) {
  expect_refusal(R"(["not", "a", "dict"])", "Filter is not an object", 2);
  expect_refusal(R"({"int": 42})", "\"int\" must be an object or an array", 11);
  expect_refusal(R"({"string": "my-value"})", "\"string\" must be an object or an array", 13);
  expect_refusal(R"({"resources": []})", "Empty arrays are not allowed", 17);
  expect_refusal(R"({"detail": {}})", "Empty objects are not allowed", 14);
  expect_refusal("{}", "Empty objects are not allowed", 3);
  expect_refusal(R"({"a": [["x"]]})", "Match value must be String, number, true, false, or null", 9);
  EXPECT_EQ(refusal("{"), "Filter is not valid JSON");
}

TEST(CompileTest, MatchTypes) {
  expect_refusal(R"({"my_key": [{"EXISTS": true}]})", "Unrecognized match type EXISTS", 28);
  expect_refusal(R"({"detail": {"equal": [{"NUMERIC": ["=", 5]}]}})", "Unrecognized match type NUMERIC", 36);
  expect_refusal(R"({"a": [{}]})", "Match expression name not found", 10);
  expect_refusal(R"({"a": [{"prefix": "x", "suffix": "y"}]})", "Only one key allowed in match expression", 35);
  expect_refusal(R"({"a": [{"exists": 1}]})", "exists match pattern must be either true or false.", 20);
}

TEST(CompileTest, Texts) {
  expect_refusal(R"({"time": [{"prefix": ["2022-07-13"]}]})", "prefix match pattern must be a string", 23);
  expect_refusal(R"({"time": [{"prefix": 123}]})", "prefix match pattern must be a string", 25);
  expect_refusal(R"({"FileName": [{"suffix": 123}]})", "suffix match pattern must be a string", 29);
  expect_refusal(R"({"FileName": [{"suffix": [".png"]}]})", "suffix match pattern must be a string", 27);
  expect_refusal(R"({"detail-type": [{"equals-ignore-case": ["ec2 instance state-change notification"]}]})",
                 "equals-ignore-case match pattern must be a string", 42);
  expect_refusal(R"({"a": [{"prefix": {"wildcard": "x"}}]})", "Unsupported prefix pattern: wildcard", 33);
  expect_refusal(R"({"EventBusArn": [{"wildcard": 123}]})", "wildcard match pattern must be a string", 34);
}

TEST(CompileTest, Wildcards) {
  expect_refusal(R"({"EventBusArn": [{"wildcard": "arn:aws:events:us-east-1:**:event-bus/*"}]})",
                 "Consecutive wildcard characters at pos 26", 72);
  expect_refusal(R"({"a": [{"wildcard": "x\\y"}]})", "Invalid escape character at pos 2", 27);
  EXPECT_EQ(refusal(R"({"EventBusArn": [{"wildcard": "*:*:*:*:*:event-bus/*"}]})"),
            "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a "
            "wildcard character");
  EXPECT_EQ(wildcard_complexity("arn:*:x"), 2U);
  EXPECT_EQ(wildcard_complexity("/Users/*/dir/dir/dir/dir/dir/doc.txt"), 7U);
}

TEST(CompileTest, Numbers) {
  expect_refusal(R"({"detail": {"c-count": [{"numeric": [">", 0, ">", 0]}]}})", "Bad numeric range operator: >", 49);
  expect_refusal(R"({"detail": {"c-count": [{"numeric": [">", 0, "<"]}]}})", "Value of < must be numeric", 50);
  expect_refusal(R"({"a": [{"numeric": 5}]})", "Value of numeric must be an array.", 21);
  expect_refusal(R"({"a": [{"numeric": []}]})", "Invalid member in numeric match: ]", 22);
  expect_refusal(R"({"a": [{"numeric": [5]}]})", "Invalid member in numeric match: 5", 22);
  expect_refusal(R"({"a": [{"numeric": ["~", 5]}]})", "Unrecognized numeric range operator: ~", 27);
  expect_refusal(R"({"a": [{"numeric": ["=", "x"]}]})", "Value of equals must be numeric", 27);
  expect_refusal(R"({"a": [{"numeric": ["<", 1, 2]}]})", "Too many elements in numeric expression", 30);
  expect_refusal(R"({"a": [{"numeric": [">", 1, 2]}]})", "Bad value in numeric range: 2", 30);
  expect_refusal(R"({"a": [{"numeric": [">", 1, "<", 2, 3]}]})", "Too many terms in numeric range expression", 38);
  expect_refusal(R"({"a": [{"numeric": [">", 2, "<", 2]}]})", "Bottom must be less than top", 36);
  expect_refusal(R"({"a": [{"numeric": [">", 6e9]}]})", "Value must be between -5.0E9 and 5.0E9, inclusive", 30);
}

TEST(CompileTest, Addresses) {
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "bad-filter"}]})"), "Malformed CIDR, one '/' required");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "10.0.0.0/xx"}]})"), "Malformed CIDR, mask bits must be an integer");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "10.0.0.0/-1"}]})"), "Malformed CIDR, mask bits must not be negative");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "xx.11.xx/8"}]})"), "Nonstandard IP address: xx.11.xx");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "xxxx:db8:1234:1a00::/64"}]})"), "Nonstandard IP address: xxxx:db8:1234:1a00::");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "10.0.0.0/32"}]})"), "IPv4 mask bits must be < 32");
  EXPECT_EQ(refusal(R"({"a": [{"cidr": "::/128"}]})"), "IPv6 mask bits must be < 128");
  expect_refusal(R"({"detail": {"sourceIPAddress": [{"cidr": ["bad-type"]}]}})",
                 "prefix match pattern must be a string", 43);
}

TEST(CompileTest, AnythingBut) {
  expect_refusal(R"({"detail": {"state": [{"anything-but": {"equals-ignore-case": 123}}]}})",
                 "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.", 66);
  expect_refusal(R"({"detail": {"FileName": [{"anything-but": {"suffix": 123}}]}})",
                 "prefix/suffix match pattern must be a string", 57);
  expect_refusal(R"({"detail": {"FileName": [{"anything-but": {"prefix": {"equals-ignore-case": "file"}}}]}})",
                 "Value of anything-but must be an array or single string/number value.", 55);
  expect_refusal(R"({"detail": {"FilePath": [{"anything-but": {"wildcard": 123}}]}})",
                 "wildcard match pattern must be a string", 59);
  expect_refusal(R"({"a": [{"anything-but": {"cidr": "x"}}]})", "Unsupported anything-but pattern: cidr", 35);
  expect_refusal(R"({"a": [{"anything-but": {"prefix": ""}}]})", "Null prefix/suffix not allowed", 38);
  expect_refusal(R"({"a": [{"anything-but": []}]})",
                 "Inside anything but list, either all values are number or string, mixed type is not supported", 27);
  expect_refusal(R"({"a": [{"anything-but": ["x", 1]}]})",
                 "Inside anything but list, either all values are number or string, mixed type is not supported", 33);
  EXPECT_EQ(refusal(R"({"a": [{"anything-but": 6e9}]})"), "Value must be between -5.0E9 and 5.0E9, inclusive");
}

TEST(CompileTest, ARefusalInsideAListNamesItsPlaceTwice) {
  const std::string pattern = R"({"detail": {"state": [{"anything-but": {"prefix": [123, "test"]}}]}})";
  const std::string once = at("prefix/suffix match pattern must be a string", pattern, 55);
  EXPECT_EQ(refusal(pattern), once + once.substr(once.find('\n')));
}

TEST(CompileTest, Alternatives) {
  expect_refusal(R"({"$or": [{"a": ["x"]}]})", "Unrecognized match type a", 17);
  expect_refusal(R"({"$or": 5})", "\"$or\" must be an object or an array", 10);
  std::string many;
  for (int i = 0; i < 11; ++i) {
    many += fmt::format(R"("n{}": {{"$or": [{{"a": [1]}}, {{"b": [1]}}]}},)", i);
  }
  EXPECT_NE(refusal("{" + many + R"("z": [1]})"), "");
}

TEST(CompileTest, ManyFields) {
  std::string pattern = "{";
  for (int i = 0; i < 600; ++i) pattern += fmt::format("\"f{}\":[1],", i);
  pattern.back() = '}';
  EXPECT_EQ(refusal(pattern), "Rule is too complex");
}

}  // namespace
}  // namespace stepwell::event_pattern
