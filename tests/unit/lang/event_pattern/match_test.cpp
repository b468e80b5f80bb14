#include "patterns.h"

namespace stepwell::event_pattern {
namespace {

// The event and the patterns of "Creating Amazon EventBridge event patterns" and "Comparison operators".
constexpr std::string_view instance = R"({
  "version": "0", "id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "EC2 Instance State-change Notification", "source": "aws.ec2", "account": "111122223333",
  "time": "2017-12-22T18:43:48Z", "region": "us-west-1",
  "resources": ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
  "detail": {"instance-id": "i-1234567890abcdef0", "state": "terminated", "c-count": 5, "d-count": 3,
             "x-limit": 301.8, "source-ip": "10.0.0.33", "none": null, "empty": "", "flag": true, "list": []}})";

std::string detail(std::string_view field, std::string_view values) {
  return "{\"detail\":{\"" + std::string(field) + "\":" + std::string(values) + "}}";
}
bool detail_fits(std::string_view field, std::string_view values) { return fits(detail(field, values), instance); }
// Whether a value fits the values of a field.
bool value_fits(std::string_view values, std::string_view value) {
  return fits("{\"field\":" + std::string(values) + "}", "{\"field\":" + std::string(value) + "}");
}

TEST(MatchTest, FieldsAreTakenTogetherAndValuesAreAlternatives) {
  EXPECT_TRUE(fits(R"({"source": ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"],
                       "detail": {"state": ["stopped", "terminated"]}})",
                   instance));
  EXPECT_FALSE(fits(R"({"source": ["aws.ec2"], "detail": {"state": ["running"]}})", instance));
  EXPECT_FALSE(fits(R"({"source": ["aws.s3"], "detail": {"state": ["terminated"]}})", instance));
  EXPECT_FALSE(fits(R"({"Source": ["aws.ec2"]})", instance));
  EXPECT_FALSE(fits(R"({"missing": ["aws.ec2"]})", instance));
  EXPECT_FALSE(fits(R"({"detail": ["aws.ec2"]})", instance));
}

TEST(MatchTest, ExactValues) {
  EXPECT_TRUE(value_fits(R"(["a"])", R"("a")"));
  EXPECT_FALSE(value_fits(R"(["a"])", R"("A")"));
  EXPECT_TRUE(value_fits(R"([""])", R"("")"));
  EXPECT_FALSE(value_fits(R"([""])", "null"));
  EXPECT_TRUE(value_fits("[null]", "null"));
  EXPECT_FALSE(value_fits("[null]", R"("")"));
  EXPECT_TRUE(value_fits("[true]", "true"));
  EXPECT_FALSE(value_fits("[true]", R"("true")"));
  EXPECT_TRUE(value_fits("[300]", "300.0"));
  EXPECT_TRUE(value_fits("[3.0e2]", "300"));
  EXPECT_FALSE(value_fits("[300]", R"("300")"));
  EXPECT_TRUE(value_fits("[123456789012345678901234567890]", "123456789012345678901234567890"));
  EXPECT_TRUE(value_fits(R"([{"exactly": "a"}])", R"("a")"));
  EXPECT_TRUE(value_fits(R"(["2001:db8::1"])", R"("2001:0db8:0:0:0:0:0:1")"));
}

TEST(MatchTest, Prefixes) {
  EXPECT_TRUE(fits(R"({"time": [{"prefix": "2017-12-22"}], "region": [{"prefix": ""}]})", instance));
  EXPECT_FALSE(fits(R"({"time": [{"prefix": "2018"}]})", instance));
  EXPECT_TRUE(fits(R"({"source": [{"prefix": {"equals-ignore-case": "AWS."}}]})", instance));
  EXPECT_FALSE(detail_fits("c-count", R"([{"prefix": ""}])"));
}

TEST(MatchTest, Suffixes) {
  EXPECT_TRUE(value_fits(R"([{"suffix": ".png"}])", R"("a.png")"));
  EXPECT_FALSE(value_fits(R"([{"suffix": ".png"}])", R"("a.PNG")"));
  EXPECT_TRUE(value_fits(R"([{"suffix": {"equals-ignore-case": ".png"}}])", R"("a.PNG")"));
}

TEST(MatchTest, EqualsIgnoreCase) {
  EXPECT_TRUE(fits(R"({"detail-type": [{"equals-ignore-case": "ec2 instance state-change notification"}]})", instance));
  EXPECT_FALSE(fits(R"({"detail-type": [{"equals-ignore-case": "ec2 instance"}]})", instance));
  EXPECT_TRUE(value_fits(R"([{"equals-ignore-case": "ÄRGER Σ"}])", R"("ärger ς")"));
}

TEST(MatchTest, AnythingBut) {
  EXPECT_TRUE(detail_fits("state", R"([{"anything-but": "initializing"}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"anything-but": ["stopped", "terminated"]}])"));
  EXPECT_TRUE(detail_fits("x-limit", R"([{"anything-but": 123}])"));
  EXPECT_TRUE(detail_fits("x-limit", R"([{"anything-but": [100, 200, 300]}])"));
  EXPECT_FALSE(detail_fits("c-count", R"([{"anything-but": [1, 5.0]}])"));
  EXPECT_TRUE(detail_fits("none", R"([{"anything-but": "x"}])"));
  EXPECT_TRUE(detail_fits("c-count", R"([{"anything-but": {"prefix": "5"}}])"));
  EXPECT_FALSE(detail_fits("missing", R"([{"anything-but": "x"}])"));
  EXPECT_FALSE(detail_fits("list", R"([{"anything-but": "x"}])"));
}

TEST(MatchTest, AnythingButWhatLooksLikeThis) {
  EXPECT_TRUE(detail_fits("state", R"([{"anything-but": {"prefix": "init"}}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"anything-but": {"prefix": ["init", "term"]}}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"anything-but": {"suffix": "ed"}}])"));
  EXPECT_TRUE(detail_fits("state", R"([{"anything-but": {"suffix": ["ing", "ade"]}}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"anything-but": {"equals-ignore-case": "TERMINATED"}}])"));
  EXPECT_TRUE(detail_fits("state", R"([{"anything-but": {"equals-ignore-case": ["stopped", "overloaded"]}}])"));
  EXPECT_FALSE(value_fits(R"([{"anything-but": {"wildcard": "*/lib/*"}}])", R"("/usr/lib/x")"));
  EXPECT_TRUE(value_fits(R"([{"anything-but": {"wildcard": ["*/lib/*", "*/bin/*"]}}])", R"("/usr/share/x")"));
}

TEST(MatchTest, Numbers) {
  EXPECT_TRUE(fits(R"({"detail": {"c-count": [{"numeric": [">", 0, "<=", 5]}], "d-count": [{"numeric": ["<", 10]}],
                                  "x-limit": [{"numeric": ["=", 3.018e2]}]}})",
                   instance));
  EXPECT_FALSE(detail_fits("c-count", R"([{"numeric": [">", 5]}])"));
  EXPECT_TRUE(detail_fits("c-count", R"([{"numeric": [">=", 5]}])"));
  EXPECT_FALSE(detail_fits("c-count", R"([{"numeric": [">", 0, "<", 5]}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"numeric": [">", 0]}])"));
  EXPECT_FALSE(value_fits(R"([{"numeric": [">", 0]}])", R"("5")"));
  EXPECT_FALSE(detail_fits("none", R"([{"numeric": ["<", 1]}])"));
}

TEST(MatchTest, Addresses) {
  EXPECT_TRUE(detail_fits("source-ip", R"([{"cidr": "10.0.0.0/24"}])"));
  EXPECT_FALSE(detail_fits("source-ip", R"([{"cidr": "10.0.1.0/24"}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"cidr": "10.0.0.0/24"}])"));
  EXPECT_TRUE(value_fits(R"([{"cidr": "2001:db8:1234:1a00::/56"}])", R"("2001:db8:1234:1a00::33")"));
  EXPECT_FALSE(value_fits(R"([{"cidr": "::/0"}])", R"("10.0.0.1")"));
  // A range begins with the address that it is written with.
  EXPECT_FALSE(value_fits(R"([{"cidr": "10.0.0.5/24"}])", R"("10.0.0.4")"));
  EXPECT_TRUE(value_fits(R"([{"cidr": "10.0.0.5/24"}])", R"("10.0.0.255")"));
}

TEST(MatchTest, Existence) {
  EXPECT_TRUE(detail_fits("state", R"([{"exists": true}])"));
  EXPECT_TRUE(detail_fits("none", R"([{"exists": true}])"));
  EXPECT_FALSE(detail_fits("missing", R"([{"exists": true}])"));
  EXPECT_FALSE(detail_fits("state", R"([{"exists": false}])"));
  EXPECT_TRUE(detail_fits("missing", R"([{"exists": false}])"));
  EXPECT_TRUE(detail_fits("missing", R"([{"exists": false}, "x"])"));
  // Only what has a value is there: an object has none, nor has an empty array.
  EXPECT_TRUE(fits(R"({"detail": [{"exists": false}]})", instance));
  EXPECT_FALSE(fits(R"({"detail": [{"exists": true}]})", instance));
  EXPECT_FALSE(detail_fits("list", R"([{"exists": true}])"));
}

TEST(MatchTest, Wildcards) {
  constexpr std::string_view bus = R"("arn:aws:events:us-east-1:123456789012:event-bus/myEventBus")";
  EXPECT_TRUE(value_fits(R"([{"wildcard": "arn:aws:events:us-east-1:*:event-bus/*"}])", bus));
  EXPECT_FALSE(value_fits(R"([{"wildcard": "arn:aws:events:us-east-1:*:event-bus/x*"}])", bus));
  EXPECT_TRUE(value_fits(R"([{"wildcard": "/Users/*/dir/dir/dir/dir/dir/doc.txt"}])",
                         R"("/Users/ls/dir/dir/dir/dir/dir/dir/doc.txt")"));
  EXPECT_TRUE(value_fits(R"([{"wildcard": "a\\*?\\\\*"}])", R"("a*?\\xyz")"));
  EXPECT_FALSE(value_fits(R"([{"wildcard": "a?c"}])", R"("abc")"));
}

TEST(MatchTest, ArraysStandForTheirElements) {
  EXPECT_TRUE(fits(R"({"resources": [{"prefix": "arn:aws:ec2"}, "x"]})", instance));
  EXPECT_TRUE(value_fits(R"(["b"])", R"(["a", "b"])"));
  EXPECT_TRUE(value_fits(R"([{"anything-but": "a"}])", R"(["a", "b"])"));
  EXPECT_FALSE(value_fits("[null]", "[]"));
  EXPECT_TRUE(value_fits(R"(["b"])", R"([["a"], [["b"]]])"));
}

TEST(MatchTest, FieldsOfDifferentElementsAreNotTakenTogether) {
  constexpr std::string_view staff = R"({"employees": [{"firstName": "John", "lastName": "Doe"},
    {"firstName": "Anna", "lastName": "Smith", "boss": [{"name": "Eve", "age": 5}, {"name": "Kim", "age": 7}]},
    {"firstName": "Peter", "lastName": "Jones"}], "teams": [{"id": 1}, {"id": 2}]})";
  EXPECT_TRUE(fits(R"({"employees": {"firstName": ["Anna"]}})", staff));
  EXPECT_TRUE(fits(R"({"employees": {"firstName": ["Anna"], "lastName": ["Smith"]}})", staff));
  EXPECT_FALSE(fits(R"({"employees": {"firstName": ["Anna"], "lastName": ["Jones"]}})", staff));
  EXPECT_TRUE(fits(R"({"employees": {"firstName": ["Anna"], "boss": {"name": ["Kim"], "age": [7]}}})", staff));
  EXPECT_FALSE(fits(R"({"employees": {"firstName": ["Anna"], "boss": {"name": ["Kim"], "age": [5]}}})", staff));
  EXPECT_FALSE(fits(R"({"employees": {"firstName": ["John"], "boss": {"name": ["Kim"]}}})", staff));
  EXPECT_TRUE(fits(R"({"employees": {"firstName": ["Peter"]}, "teams": {"id": [2]}})", staff));
  EXPECT_FALSE(fits(R"({"employees": {"firstName": ["Peter"]}, "teams": {"id": [3]}})", staff));
}

TEST(MatchTest, DotsJoinSteps) {
  EXPECT_TRUE(fits(R"({"detail.state.status": ["running"]})", R"({"detail": {"state": {"status": "running"}}})"));
  EXPECT_TRUE(fits(R"({"detail": {"state": {"status": ["running"]}}})", R"({"detail": {"state.status": "running"}})"));
  EXPECT_FALSE(fits(R"({"detail": {"state.status": {"status": ["running"]}}})",
                    R"({"detail": {"state": {"status": "running"}}})"));
}

TEST(MatchTest, Or) {
  constexpr std::string_view pattern = R"({"source": ["aws.cloudwatch"], "$or": [
    {"metricName": ["CPUUtilization"]}, {"metricType": ["M"], "$or": [{"metricId": [1]}, {"spaceId": [2]}]}]})";
  EXPECT_TRUE(fits(pattern, R"({"source": "aws.cloudwatch", "metricName": "CPUUtilization"})"));
  EXPECT_TRUE(fits(pattern, R"({"source": "aws.cloudwatch", "metricType": "M", "spaceId": 2})"));
  EXPECT_FALSE(fits(pattern, R"({"source": "aws.cloudwatch", "metricType": "M"})"));
  EXPECT_FALSE(fits(pattern, R"({"source": "aws.ec2", "metricName": "CPUUtilization"})"));
  EXPECT_TRUE(detail_fits("c-count", R"([{"numeric": [">", 4]}], "$or": [{"x": [1]}, {"state": ["terminated"]}])"));
  EXPECT_FALSE(detail_fits("c-count", R"([{"numeric": [">", 5]}], "$or": [{"x": [1]}, {"state": ["terminated"]}])"));
  EXPECT_TRUE(fits(R"({"$or": [{"missing": [{"exists": false}]}, {"source": ["x"]}]})", instance));
  // What cannot be alternatives is a field of that name.
  EXPECT_TRUE(fits(R"({"$or": {"a": ["x"]}})", R"({"$or": {"a": "x"}})"));
}

TEST(MatchTest, WhatIsNoObjectFitsNothing) {
  EXPECT_FALSE(fits(R"({"a": [{"exists": false}]})", "[]"));
  EXPECT_TRUE(fits(R"({"a": [{"exists": false}]})", "{}"));
}

TEST(MatchTest, WhatTakesTooLongDoesNotFit) {
  std::string text = R"({"field": ")" + std::string(200'000, 'a') + R"("})";
  EXPECT_TRUE(fits(R"({"field": [{"wildcard": "*a"}]})", text));
  EXPECT_FALSE(fits(R"({"field": [{"wildcard": "*aaaaaaaaab"}, {"wildcard": "*x*aaaaab*y"}]})", text));
}

TEST(PatternTest, TextsOfAField) {
  const auto texts = [](std::string_view pattern, std::string_view field) {
    return compile(pattern, Dialect::event_bus)->texts_of(field);
  };
  EXPECT_EQ(texts(R"({"source": ["b", "a"]})", "source"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(texts(R"({"source": ["b", {"prefix": "a"}]})", "source"), std::nullopt);
  EXPECT_EQ(texts(R"({"$or": [{"source": ["a"]}, {"detail": {"x": [1]}}]})", "source"), std::nullopt);
  EXPECT_EQ(texts(R"({"$or": [{"source": ["a"]}, {"source": ["c"], "x": [1]}]})", "source"),
            (std::vector<std::string>{"a", "c"}));
}

}  // namespace
}  // namespace stepwell::event_pattern
