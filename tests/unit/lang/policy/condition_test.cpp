#include "policies.h"

namespace stepwell::policy {
namespace {

const KnownContext& request() {
  static const KnownContext context = [] {
    KnownContext made;
    made.add("aws:username", "Ada")
        .add("aws:SourceIp", "203.0.113.7")
        .add("aws:CurrentTime", "2024-05-01T10:00:00Z")
        .add("aws:SecureTransport", "false")
        .add("s3:max-keys", "10")
        .add("aws:TagKeys", Values{"stage", "team"})
        .add("aws:SourceArn", "arn:aws:states:us-east-1:123456789012:stateMachine:orders");
    return made;
  }();
  return context;
}

TEST(ConditionTest, Texts) {
  EXPECT_TRUE(holds(R"({"StringEquals":{"aws:username":"Ada"}})", request()));
  EXPECT_TRUE(holds(R"({"StringEquals":{"AWS:UserName":["Bob","Ada"]}})", request()));
  EXPECT_FALSE(holds(R"({"StringEquals":{"aws:username":"ada"}})", request()));
  EXPECT_FALSE(holds(R"({"StringEquals":{"aws:username":"A*"}})", request()));
  EXPECT_TRUE(holds(R"({"StringEqualsIgnoreCase":{"aws:username":"ADA"}})", request()));
  EXPECT_TRUE(holds(R"({"StringLike":{"aws:username":"A?a"}})", request()));
  EXPECT_FALSE(holds(R"({"StringNotEquals":{"aws:username":["Bob","Ada"]}})", request()));
  EXPECT_TRUE(holds(R"({"StringNotLike":{"aws:username":"B*"}})", request()));
}

TEST(ConditionTest, NumbersAndDates) {
  EXPECT_TRUE(holds(R"({"NumericLessThanEquals":{"s3:max-keys":10}})", request()));
  EXPECT_FALSE(holds(R"({"NumericLessThan":{"s3:max-keys":"10"}})", request()));
  EXPECT_TRUE(holds(R"({"NumericEquals":{"s3:max-keys":"1e1"}})", request()));
  EXPECT_FALSE(holds(R"({"NumericEquals":{"aws:username":"1"}})", request()));
  EXPECT_TRUE(holds(R"({"NumericNotEquals":{"s3:max-keys":["9","11"]}})", request()));
  EXPECT_TRUE(holds(R"({"DateGreaterThan":{"aws:CurrentTime":"2024-05-01"}})", request()));
  EXPECT_TRUE(holds(R"({"DateLessThan":{"aws:CurrentTime":"2024-05-01T10:00:01Z"}})", request()));
  EXPECT_TRUE(holds(R"({"DateEquals":{"aws:CurrentTime":"1714557600"}})", request()));
  EXPECT_FALSE(holds(R"({"DateEquals":{"aws:CurrentTime":"soon"}})", request()));
}

TEST(ConditionTest, Addresses) {
  EXPECT_TRUE(holds(R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/24"}})", request()));
  EXPECT_TRUE(holds(R"({"IpAddress":{"aws:SourceIp":["10.0.0.0/8","203.0.113.7"]}})", request()));
  EXPECT_FALSE(holds(R"({"IpAddress":{"aws:SourceIp":"203.0.113.8/29"}})", request()));
  EXPECT_TRUE(holds(R"({"NotIpAddress":{"aws:SourceIp":"10.0.0.0/8"}})", request()));
  EXPECT_FALSE(holds(R"({"IpAddress":{"aws:SourceIp":"203.0.113.0/33"}})", request()));
  KnownContext six;
  six.add("aws:SourceIp", "2001:db8::17");
  EXPECT_TRUE(holds(R"({"IpAddress":{"aws:SourceIp":"2001:DB8::/32"}})", six));
  EXPECT_FALSE(holds(R"({"IpAddress":{"aws:SourceIp":"2001:db9::/32"}})", six));
  EXPECT_FALSE(holds(R"({"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}})", six));
}

TEST(ConditionTest, TruthAndPresence) {
  EXPECT_TRUE(holds(R"({"Bool":{"aws:SecureTransport":"false"}})", request()));
  EXPECT_TRUE(holds(R"({"Bool":{"aws:SecureTransport":false}})", request()));
  EXPECT_FALSE(holds(R"({"Bool":{"aws:SecureTransport":"true"}})", request()));
  EXPECT_TRUE(holds(R"({"Null":{"aws:TokenIssueTime":"true"}})", request()));
  EXPECT_FALSE(holds(R"({"Null":{"aws:username":"true"}})", request()));
  EXPECT_TRUE(holds(R"({"Null":{"aws:username":"false"}})", request()));
}

TEST(ConditionTest, WhatTheRequestDoesNotHave) {
  EXPECT_FALSE(holds(R"({"StringEquals":{"a:b":"c"}})", request()));
  EXPECT_TRUE(holds(R"({"StringNotEquals":{"a:b":"c"}})", request()));
  EXPECT_TRUE(holds(R"({"StringEqualsIfExists":{"a:b":"c"}})", request()));
  EXPECT_TRUE(holds(R"({"ForAllValues:StringEquals":{"a:b":"c"}})", request()));
  EXPECT_FALSE(holds(R"({"ForAnyValue:StringEquals":{"a:b":"c"}})", request()));
  EXPECT_FALSE(holds(R"({"ForAnyValue:StringNotEquals":{"a:b":"c"}})", request()));
}

TEST(ConditionTest, SetsOfValues) {
  EXPECT_TRUE(holds(R"({"ForAllValues:StringEquals":{"aws:TagKeys":["stage","team","other"]}})", request()));
  EXPECT_FALSE(holds(R"({"ForAllValues:StringEquals":{"aws:TagKeys":["stage"]}})", request()));
  EXPECT_TRUE(holds(R"({"ForAnyValue:StringEquals":{"aws:TagKeys":["stage"]}})", request()));
  EXPECT_FALSE(holds(R"({"ForAnyValue:StringEquals":{"aws:TagKeys":["other"]}})", request()));
  EXPECT_TRUE(holds(R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":["stage"]}})", request()));
  EXPECT_FALSE(holds(R"({"ForAllValues:StringNotEquals":{"aws:TagKeys":["stage"]}})", request()));
}

TEST(ConditionTest, Arns) {
  EXPECT_TRUE(holds(R"({"ArnLike":{"aws:SourceArn":"arn:aws:states:*:123456789012:stateMachine:*"}})", request()));
  EXPECT_TRUE(holds(R"({"ArnEquals":{"aws:SourceArn":"arn:aws:states:us-*:*:*"}})", request()));
  EXPECT_FALSE(holds(R"({"ArnLike":{"aws:SourceArn":"arn:aws:states:*:stateMachine:orders"}})", request()));
  EXPECT_TRUE(holds(R"({"ArnNotLike":{"aws:SourceArn":"arn:aws:lambda:*:*:*"}})", request()));
  EXPECT_FALSE(holds(R"({"ArnLike":{"aws:username":"arn:*:*:*:*:*"}})", request()));
}

TEST(ConditionTest, AllLinesHaveToHold) {
  EXPECT_TRUE(holds(R"({"StringEquals":{"aws:username":"Ada"},"Bool":{"aws:SecureTransport":"false"}})", request()));
  EXPECT_FALSE(holds(R"({"StringEquals":{"aws:username":"Ada","s3:max-keys":"9"}})", request()));
}

TEST(ConditionTest, Variables) {
  KnownContext context;
  context.add("aws:username", "Ada").add("aws:ResourceTag/owner", "Ada").add("aws:TagKeys", Values{"a", "b"});
  EXPECT_TRUE(holds(R"({"StringEquals":{"aws:ResourceTag/owner":"${aws:username}"}})", context));
  EXPECT_TRUE(holds(R"({"StringEquals":{"aws:username":"${nothing, 'Ada'}"}})", context));
  EXPECT_FALSE(holds(R"({"StringEquals":{"aws:username":"${nothing}"}})", context));
  EXPECT_FALSE(holds(R"({"StringLike":{"aws:username":"${aws:TagKeys}"}})", context));
  EXPECT_FALSE(holds(R"({"StringLike":{"aws:username":"${*}"}})", context));
}

}  // namespace
}  // namespace stepwell::policy
