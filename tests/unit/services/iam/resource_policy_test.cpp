// Who may do what with something that has a policy of its own (AWS's evaluation logic within and across accounts).

#include "access_fixture.h"

namespace stepwell::iam {
namespace {

const std::string queue_arn = "arn:aws:sqs:us-east-1:" + account + ":orders";

std::string saying(const std::string& effect, const std::string& principal, const std::string& more = {}) {
  return R"({"Statement":{"Effect":")" + effect + R"(","Action":"sqs:*","Principal":)" + principal +
         R"(,"Resource":")" + queue_arn + "\"" + more + "}}";
}
std::string opened_to(const std::string& principal, const std::string& more = {}) {
  return saying("Allow", principal, more);
}
std::string aws(const std::string& arn) { return R"({"AWS":")" + arn + "\"}"; }

class ResourcePolicyTest : public AccessTest {
 protected:
  // What is said to somebody who sends to the queue; "" where they may.
  std::string sends(const wire::Caller& by, std::optional<std::string> policy) {
    wire::Call request;
    request.caller = by;
    const directory::Need need{.action = "sqs:SendMessage", .resource = queue_arn, .policy = std::move(policy)};
    const auto no_tags = [](std::string_view, std::string_view) { return std::optional<std::string>(); };
    const auto allowed = access_->authorize(request, need, no_tags);
    return allowed ? std::string()
                   : allowed.error().message.substr(allowed.error().message.find(queue_arn) + queue_arn.size() + 1);
  }
  wire::Caller service(const std::string& name, const std::string& source) {
    wire::Caller made{.account = account, .region = "us-east-1", .access_key = {}, .request_id = "r"};
    made.principal = std::make_shared<wire::ServicePrincipal>(name, source);
    return made;
  }
  wire::Caller foreigner(const std::string& policy) {
    const wire::Caller other = caller("OTHER");
    call(other, "iam", "CreateUser", R"({"UserName":"bob"})");
    call(other, "iam", "PutUserPolicy",
         R"({"UserName":"bob","PolicyName":"p","PolicyDocument":)" + quoted(policy) + "}");
    return caller(member(call(other, "iam", "CreateAccessKey", R"({"UserName":"bob"})"), "AccessKey.AccessKeyId"));
  }

  const std::string not_by_identity_ = "because no identity-based policy allows the sqs:SendMessage action";
  const std::string not_by_resource_ = "because no resource-based policy allows the sqs:SendMessage action";
  const std::string denied_ = "with an explicit deny in a resource-based policy";
};

TEST_F(ResourcePolicyTest, WithinAnAccountEitherSideAllows) {
  const wire::Caller ada = user("ada", allowing("sns:*"));
  const wire::Caller eve = user("eve", allowing("sqs:*"));
  EXPECT_EQ(sends(ada, ""), not_by_identity_);
  EXPECT_EQ(sends(eve, ""), "");
  EXPECT_EQ(sends(ada, opened_to(aws(ada.principal->arn))), "");
  EXPECT_EQ(sends(ada, opened_to("\"*\"")), "");
  EXPECT_EQ(sends(ada, opened_to(aws(eve.principal->arn))), not_by_identity_);
  EXPECT_EQ(sends(ada, opened_to(aws(account))), not_by_identity_);
  EXPECT_EQ(sends(ada, "{\"Statement\""), not_by_identity_);
}

TEST_F(ResourcePolicyTest, DenialsWinExceptOverTheOwnersRoot) {
  const wire::Caller eve = user("eve", allowing("sqs:*"));
  EXPECT_EQ(sends(eve, saying("Deny", "\"*\"")), denied_);
  EXPECT_EQ(sends(caller("ROOT"), saying("Deny", "\"*\"")), "");
  EXPECT_EQ(sends(caller("OTHER"), saying("Deny", "\"*\"")), denied_);
  const wire::Caller ada =
      user("ada", R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"sqs:*","Resource":"*"}})");
  EXPECT_EQ(sends(ada, opened_to("\"*\"")), "with an explicit deny in an identity-based policy");
}

TEST_F(ResourcePolicyTest, AcrossAccountsBothHaveToAllow) {
  const wire::Caller bob = foreigner(allowing("sqs:*"));
  EXPECT_EQ(sends(bob, std::nullopt), not_by_resource_);
  EXPECT_EQ(sends(bob, ""), not_by_resource_);
  EXPECT_EQ(sends(bob, opened_to(aws(other_account))), "");
  EXPECT_EQ(sends(bob, opened_to(aws(bob.principal->arn))), "");
  EXPECT_EQ(sends(caller("OTHER"), opened_to(aws(other_account))), "");
  EXPECT_EQ(sends(caller("OTHER"), opened_to(aws(account))), not_by_resource_);
  call(caller("OTHER"), "iam", "DeleteUserPolicy", R"({"UserName":"bob","PolicyName":"p"})");
  EXPECT_EQ(sends(bob, opened_to(aws(bob.principal->arn))), not_by_identity_);
}

TEST_F(ResourcePolicyTest, ServicesComeForAResource) {
  const std::string topic = "arn:aws:sns:us-east-1:" + account + ":news";
  const std::string condition = R"(,"Condition":{"ArnLike":{"aws:SourceArn":")" + topic +
                                R"("},"StringEquals":{"aws:SourceAccount":")" + account +
                                R"("},"Bool":{"aws:PrincipalIsAWSService":"true"}})";
  const std::string policy = opened_to(R"({"Service":"sns.amazonaws.com"})", condition);
  EXPECT_EQ(sends(service("sns.amazonaws.com", topic), policy), "");
  EXPECT_EQ(sends(service("sns.amazonaws.com", topic + "2"), policy), not_by_resource_);
  EXPECT_EQ(sends(service("events.amazonaws.com", topic), policy), not_by_resource_);
  EXPECT_EQ(sends(service("sns.amazonaws.com", topic), ""), not_by_resource_);
  EXPECT_EQ(sends(service("sns.amazonaws.com", topic), std::nullopt), "");
  EXPECT_EQ(sends(user("ada", allowing("sns:*")), policy), not_by_identity_);
}

TEST_F(ResourcePolicyTest, BoundariesHoldRolesAndNotUsersThatAreNamed) {
  const std::string boundary = member(
      root("CreatePolicy", R"({"PolicyName":"b","PolicyDocument":)" + quoted(allowing("sns:*")) + "}"), "Policy.Arn");
  const std::string held = R"(,"PermissionsBoundary":")" + boundary + "\"";
  const wire::Caller ada = user("ada", allowing("sts:*"), held);
  EXPECT_EQ(sends(ada, opened_to(aws(ada.principal->arn))), "");
  const wire::Caller eve = user("eve", allowing("sts:*"));
  const std::string role_arn = member(root("CreateRole", R"({"RoleName":"worker","AssumeRolePolicyDocument":)" +
                                                             quoted(trusting(aws(eve.principal->arn))) + held + "}"),
                                      "Role.Arn");
  const std::string session = assume(eve, role_arn);
  const wire::Caller worker =
      caller(member(session, "Credentials.AccessKeyId"), member(session, "Credentials.SessionToken"));
  EXPECT_EQ(sends(worker, opened_to(aws(role_arn))),
            "because no permissions boundary allows the sqs:SendMessage action");
}

}  // namespace
}  // namespace stepwell::iam
