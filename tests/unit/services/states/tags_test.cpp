// Tags: what is kept, in which order, and what is refused.

#include "services/states/tags.h"

#include "service_fixture.h"

namespace stepwell::states {
namespace {

std::string with(std::string_view kept, std::string_view tags) {
  json::Arena arena;
  const json::Value given = *json::parse(arena, tags);
  const auto result = with_tags(kept, &given, "arn");
  return result ? *result : result.error().code;
}

TEST(Tags, AreKeptInTheirOrderEachKeyOnce) {
  EXPECT_EQ(with("[]", R"([{"key":"b","value":"1"},{"key":"a","value":""},{"key":"b","value":"2"}])"),
            R"([{"key":"b","value":"2"},{"key":"a","value":""}])");
  EXPECT_EQ(with(R"([{"key":"a","value":"1"}])", R"([{"key":"c"},{"key":"a","value":"ü €"}])"),
            R"([{"key":"a","value":"ü €"},{"key":"c","value":""}])");
}

TEST(Tags, FiftyAreTheMost) {
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += fmt::format(R"({}{{"key":"k{}","value":""}})", i == 0 ? "[" : ",", i);
  fifty += "]";
  EXPECT_EQ(with("[]", fifty), fifty);
  EXPECT_EQ(with(fifty, R"([{"key":"k7","value":""}])"), fifty);
  EXPECT_EQ(with(fifty, R"([{"key":"one more","value":""}])"), "TooManyTags");
}

TEST(Tags, SomeKeysAreRefused) {
  for (const char* key : {"", "aws:x", "AWS:x", "a{b", "a\\u0000"}) {
    EXPECT_EQ(with("[]", fmt::format(R"([{{"key":"{}","value":""}}])", key)), "ValidationException") << key;
  }
  EXPECT_EQ(with("[]", R"([{"key":"k","value":"a?b"}])"), "ValidationException");
}

class TaggingTest : public ServiceTest {
 protected:
  std::string tags(const std::string& arn) {
    return member(call("ListTagsForResource", fmt::format(R"({{"resourceArn":"{}"}})", arn)), "tags");
  }
  std::string tag(const std::string& arn, const std::string& tags) {
    return call("TagResource", fmt::format(R"({{"resourceArn":"{}","tags":{}}})", arn, tags));
  }
};

constexpr auto passing = R"({"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}})";

TEST_F(TaggingTest, MachinesAndActivitiesHaveTags) {
  const std::string machine = create_machine("m", passing);
  const std::string activity =
      member(call("CreateActivity", R"({"name":"a","tags":[{"key":"k","value":"v"}]})"), "activityArn");
  EXPECT_EQ(tags(activity), R"([{"key":"k","value":"v"}])");
  for (const std::string& arn : {machine, activity}) {
    EXPECT_EQ(tag(arn, R"([{"key":"k","value":"w"},{"key":"l","value":""}])"), "{}");
    restart();
    EXPECT_EQ(tags(arn), R"([{"key":"k","value":"w"},{"key":"l","value":""}])");
    EXPECT_EQ(call("UntagResource", fmt::format(R"({{"resourceArn":"{}","tagKeys":["k","none","k"]}})", arn)), "{}");
    EXPECT_EQ(tags(arn), R"([{"key":"l","value":""}])");
  }
}

TEST_F(TaggingTest, WhatHasNoTagsIsNotFound) {
  create_machine("m", passing);
  call("PublishStateMachineVersion", fmt::format(R"({{"stateMachineArn":"{}"}})", machine_arn("m")));
  for (const std::string& arn : {machine_arn("none"), machine_arn("m") + ":1", machine_arn("m") + ":live",
                                 std::string("arn:aws:states:us-east-1:123456789012:activity:none")}) {
    EXPECT_EQ(tag(arn, "[]"), "ResourceNotFound") << arn;
    EXPECT_EQ(tags(arn), "none") << arn;
  }
  EXPECT_EQ(tag(execution_arn("m", "e"), "[]"), "InvalidArn");
}

TEST_F(TaggingTest, CreatingWithOtherTagsIsTheSameAndChangesNothing) {
  const auto create = [this](const std::string& tags) {
    return call("CreateStateMachine",
                fmt::format(R"({{"name":"m","definition":{},"roleArn":"arn:aws:iam::123456789012:role/r","tags":{}}})",
                            R"("{\"StartAt\":\"P\",\"States\":{\"P\":{\"Type\":\"Pass\",\"End\":true}}}")", tags));
  };
  const std::string first = create(R"([{"key":"a","value":"1"}])");
  EXPECT_EQ(create(R"([{"key":"b","value":"2"}])"), first);
  EXPECT_EQ(tags(machine_arn("m")), R"([{"key":"a","value":"1"}])");
  EXPECT_EQ(create(R"([{"key":"aws:b","value":"2"}])"), "ValidationException");
}

}  // namespace
}  // namespace stepwell::states
