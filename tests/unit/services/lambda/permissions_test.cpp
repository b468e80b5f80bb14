// The policies of functions, and tags: what AWS answers, word by word.

#include "services/lambda/function_codec.h"
#include "test_world.h"

#include <gmock/gmock.h>

namespace stepwell::lambda {
namespace {

const std::string arn = "arn:aws:lambda:us-east-1:123456789012:function:f";
constexpr std::string_view counting =
    "calls = 0\n\ndef handler(event, context):\n    global calls\n    calls += 1\n    return calls\n";

class Permissions : public testing::Test {
 protected:
  Permissions() { EXPECT_TRUE(world_.create_python("f", std::string(counting)).ok); }

  Answer add(std::string_view id, std::string_view principal, std::string_view more = {}) {
    return world_.call(
        "AddPermission",
        fmt::format(
            R"({{"FunctionName":"f","StatementId":"{}","Action":"lambda:InvokeFunction","Principal":"{}"{}{}}})", id,
            principal, more.empty() ? "" : ",", more));
  }
  Answer remove(std::string_view id, std::string_view more = {}) {
    return world_.call("RemovePermission", fmt::format(R"({{"FunctionName":"f","StatementId":"{}"{}{}}})", id,
                                                       more.empty() ? "" : ",", more));
  }
  Answer get(std::string_view name = "f") {
    return world_.call("GetPolicy", fmt::format(R"({{"FunctionName":"{}"}})", name));
  }
  std::string revision() {
    return world_.call("GetFunctionConfiguration", R"({"FunctionName":"f"})").text("RevisionId");
  }

  TestWorld world_;
};

std::string statement(std::string_view id, std::string_view principal, std::string_view condition = {}) {
  return fmt::format(
      R"({{"Sid":"{}","Effect":"Allow","Principal":{},"Action":"lambda:InvokeFunction","Resource":"{}"{}}})", id,
      principal, arn, condition);
}
std::string document(std::string_view statements) {
  return fmt::format(R"({{"Version":"2012-10-17","Id":"default","Statement":[{}]}})", statements);
}

TEST_F(Permissions, AStatementIsMadeOfWhatIsSaid) {
  struct Case {
    const char* principal;
    const char* shown;
    const char* more = "";
    const char* condition = "";
  };
  int number = 0;
  for (
      const Case& c : {
          Case{"sns.amazonaws.com", R"({"Service":"sns.amazonaws.com"})"},
          Case{"alexa-appkit.amazon.com", R"({"Service":"alexa-appkit.amazon.com"})", R"("EventSourceToken":"t")",
               R"(,"Condition":{"StringEquals":{"lambda:EventSourceToken":"t"}})"},
          Case{"210987654321", R"({"AWS":"arn:aws:iam::210987654321:root"})"},
          Case{"arn:aws:iam::210987654321:user/ada", R"({"AWS":"arn:aws:iam::210987654321:user/ada"})"},
          Case{
              "*", R"("*")", R"("PrincipalOrgID":"o-0123456789","FunctionUrlAuthType":"NONE")",
              R"(,"Condition":{"StringEquals":{"lambda:FunctionUrlAuthType":"NONE","aws:PrincipalOrgID":"o-0123456789"}})"},
          Case{
              "events.amazonaws.com", R"({"Service":"events.amazonaws.com"})",
              R"("SourceArn":"arn:aws:events:us-east-1:123456789012:rule/r","SourceAccount":"123456789012")",
              R"(,"Condition":{"StringEquals":{"AWS:SourceAccount":"123456789012"},"ArnLike":{"AWS:SourceArn":"arn:aws:events:us-east-1:123456789012:rule/r"}})"},
      }) {
    const std::string id = fmt::format("s{}", ++number);
    const Answer added = add(id, c.principal, c.more);
    ASSERT_TRUE(added.ok) << added.error.message;
    EXPECT_EQ(added.text("Statement"), statement(id, c.shown, c.condition));
  }
  EXPECT_EQ(add("s", "nobody.example.com").error.message,
            "The provided principal was invalid. Please check the principal and try again.");
}

TEST_F(Permissions, ThePolicyIsKept) {
  EXPECT_EQ(get().error.code, "ResourceNotFoundException");
  EXPECT_EQ(get().error.message, "The resource you requested does not exist.");
  ASSERT_TRUE(add("one", "sns.amazonaws.com").ok);
  ASSERT_TRUE(add("two", "*").ok);
  const std::string both =
      document(statement("one", R"({"Service":"sns.amazonaws.com"})") + "," + statement("two", R"("*")"));
  world_.restart();
  EXPECT_EQ(get().text("Policy"), both);
  EXPECT_EQ(get(arn).text("RevisionId"), revision());
  EXPECT_EQ(remove("one").status, 204);
  EXPECT_EQ(get().text("Policy"), document(statement("two", R"("*")")));
  ASSERT_TRUE(remove("two").ok);
  EXPECT_EQ(get().error.message, "The resource you requested does not exist.");
  EXPECT_EQ(remove("two").error.message, "No policy is associated with the given resource.");
  ASSERT_TRUE(add("two", "*").ok);
  ASSERT_TRUE(world_.call("DeleteFunction", R"({"FunctionName":"f"})").ok);
  ASSERT_TRUE(world_.create_python("f", std::string(counting)).ok);
  EXPECT_EQ(get().error.code, "ResourceNotFoundException");
}

TEST_F(Permissions, WhatIsNotThere) {
  struct Case {
    const char* operation;
    const char* input;
    const char* message;
  };
  for (const Case& c : {
           Case{"GetPolicy", R"({"FunctionName":"g"})",
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:g"},
           Case{"GetPolicy", R"({"FunctionName":"f","Qualifier":"7"})", "The resource you requested does not exist."},
           Case{"AddPermission", R"({"FunctionName":"g","StatementId":"s","Action":"*","Principal":"*"})",
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:g"},
           Case{"AddPermission", R"({"FunctionName":"f:42","StatementId":"s","Action":"*","Principal":"*"})",
                "Function not found: arn:aws:lambda:us-east-1:123456789012:function:f:42"},
           Case{"AddPermission",
                R"({"FunctionName":"f","Qualifier":"live","StatementId":"s","Action":"*","Principal":"*"})",
                "Cannot find alias arn: arn:aws:lambda:us-east-1:123456789012:function:f:live"},
           Case{"RemovePermission", R"({"FunctionName":"g","StatementId":"s"})",
                "No policy found for: arn:aws:lambda:us-east-1:123456789012:function:g"},
           Case{"RemovePermission", R"({"FunctionName":"f:live","StatementId":"s"})",
                "Cannot find alias arn: arn:aws:lambda:us-east-1:123456789012:function:f:live"},
           Case{"RemovePermission", R"({"FunctionName":"f","StatementId":"s"})",
                "No policy is associated with the given resource."},
       }) {
    const Answer answer = world_.call(c.operation, c.input);
    EXPECT_EQ(answer.error.code, "ResourceNotFoundException") << c.input;
    EXPECT_EQ(answer.error.message, c.message) << c.input;
  }
  ASSERT_TRUE(add("s", "*").ok);
  EXPECT_EQ(remove("t").error.message, "Statement t is not found in resource policy.");
  EXPECT_EQ(add("t", "*", R"("Qualifier":"$LATEST")").error.message,
            "We currently do not support adding policies for $LATEST.");
}

TEST_F(Permissions, WhatIsRefused) {
  ASSERT_TRUE(add("s", "*").ok);
  const Answer again = add("s", "sns.amazonaws.com");
  EXPECT_EQ(again.error.code, "ResourceConflictException");
  EXPECT_EQ(again.error.message,
            "The statement id (s) provided already exists. Please provide a new statement id, or remove the existing "
            "statement.");
  const std::string before = revision();
  const Answer late = add("t", "*", R"("RevisionId":"other")");
  EXPECT_EQ(late.error.code, "PreconditionFailedException");
  EXPECT_EQ(late.error.message,
            "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to retrieve the "
            "latest Revision Id");
  EXPECT_EQ(remove("s", R"("RevisionId":"other")").error.code, "PreconditionFailedException");
  EXPECT_EQ(revision(), before);
  EXPECT_TRUE(remove("s", fmt::format(R"("RevisionId":"{}")", before)).ok);
  EXPECT_NE(revision(), before);
  EXPECT_EQ(add("a.b", "*").error.code, "ValidationException");
  const std::string long_arn = fmt::format(R"("SourceArn":"arn:aws:s3:::{}")", std::string(20'400, 'x'));
  const Answer too_long = add("t", "s3.amazonaws.com", long_arn);
  EXPECT_EQ(too_long.error.code, "PolicyLengthExceededException");
  EXPECT_THAT(too_long.error.message,
              testing::MatchesRegex("The final policy size \\(20[0-9]+\\) is bigger than the limit \\(20480\\)\\."));
}

TEST_F(Permissions, ProcessesLiveOn) {
  EXPECT_EQ(world_.invoke("f").payload, "1");
  ASSERT_TRUE(add("s", "*").ok);
  ASSERT_TRUE(world_.call("TagResource", fmt::format(R"({{"Resource":"{}","Tags":{{"a":"b"}}}})", arn)).ok);
  EXPECT_EQ(world_.invoke("f").payload, "2");
  ASSERT_TRUE(world_.call("UpdateFunctionConfiguration", R"({"FunctionName":"f","Timeout":5})").ok);
  EXPECT_EQ(world_.invoke("f").payload, "1");
}

TEST_F(Permissions, TagsOfFunctions) {
  const auto tag = [&](std::string_view of, std::string_view tags) {
    return world_.call("TagResource", fmt::format(R"({{"Resource":"{}","Tags":{{{}}}}})", of, tags));
  };
  const auto tags = [&] { return world_.call("ListTags", fmt::format(R"({{"Resource":"{}"}})", arn)).text("Tags"); };
  EXPECT_EQ(tags(), "{}");
  EXPECT_EQ(tag(arn, R"("a":"1","b":"2")").status, 204);
  ASSERT_TRUE(tag(arn, R"("b":"3")").ok);
  world_.restart();
  EXPECT_EQ(tags(), R"({"a":"1","b":"3"})");
  EXPECT_EQ(world_.call("GetFunction", R"({"FunctionName":"f"})").text("Tags"), R"({"a":"1","b":"3"})");
  ASSERT_TRUE(world_.call("UntagResource", fmt::format(R"({{"Resource":"{}","TagKeys":["a","c"]}})", arn)).ok);
  EXPECT_EQ(tags(), R"({"b":"3"})");
  EXPECT_EQ(tag(arn, "").error.message, "An error occurred and the request cannot be processed.");
  EXPECT_EQ(tag(arn + ":7", R"("a":"1")").error.message,
            "Tags on function aliases and versions are not supported. Please specify a function ARN.");
  EXPECT_EQ(tag(arn + "g", R"("a":"1")").error.message, "Function not found: " + arn + "g");
  std::string many;
  for (int i = 0; i < 50; ++i) many += fmt::format("{}\"k{}\":\"v\"", i == 0 ? "" : ",", i);
  EXPECT_EQ(tag(arn, many).error.message, "Number of tags exceeds resource tag limit.");
  EXPECT_EQ(tag("arn:aws:lambda:us-east-1:123456789012:event-source-mapping:01234567-89ab-cdef-0123-456789abcdef",
                R"("a":"1")")
                .error.message,
            "The resource you requested does not exist.");
}

TEST(FunctionCodec, RecordsOfTheVersionWithoutPolicies) {
  FunctionRecord record;
  record.name = "f";
  record.tags = "{}";
  std::string value = encode(record);
  value.front() = 1;
  value.pop_back();  // the policy, which is empty
  const auto read = decode_function(arn, value);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "f");
  EXPECT_EQ(read->policy, "");
  record.policy = "p";
  EXPECT_EQ(decode_function(arn, encode(record))->policy, "p");
  value.front() = 3;
  EXPECT_FALSE(decode_function(arn, value));
}

}  // namespace
}  // namespace stepwell::lambda
