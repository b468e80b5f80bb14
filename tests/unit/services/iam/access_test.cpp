#include "access_fixture.h"

namespace stepwell::iam {
namespace {

std::string user_arn(const std::string& name) { return "arn:aws:iam::" + account + ":user/" + name; }

TEST_F(AccessTest, TheRootMayEverything) {
  EXPECT_EQ(member(root("CreateUser", R"({"UserName":"ada"})"), "User.Arn"), user_arn("ada"));
}

TEST_F(AccessTest, AUserMayWhatIsAllowed) {
  const wire::Caller ada = user("ada", allowing("iam:ListUsers"));
  EXPECT_EQ(member(call(ada, "iam", "ListUsers", "{}"), "IsTruncated"), "false");
  EXPECT_EQ(call(ada, "iam", "ListRoles", "{}"),
            "AccessDenied: User: " + user_arn("ada") +
                " is not authorized to perform: iam:ListRoles on resource: "
                "arn:aws:iam::" +
                account + ":role/ because no identity-based policy allows the iam:ListRoles action");
}

TEST_F(AccessTest, PathsBelongToTheResource) {
  root("CreateUser", R"({"UserName":"eve","Path":"/staff/"})");
  const wire::Caller ada =
      user("ada", R"({"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"arn:aws:iam::*:user/staff/*"}})");
  EXPECT_EQ(member(call(ada, "iam", "GetUser", R"({"UserName":"eve"})"), "User.UserName"), "eve");
  EXPECT_TRUE(call(ada, "iam", "GetUser", R"({"UserName":"ada"})").starts_with("AccessDenied"));
}

TEST_F(AccessTest, ASessionEndsWithItsTime) {
  const wire::Caller ada = user("ada", allowing("sts:AssumeRole"));
  const std::string arn = role("worker", trusting(R"({"AWS":")" + account + "\"}"));
  const std::string answer = assume(ada, arn);
  const std::string key = member(answer, "Credentials.AccessKeyId");
  const std::string token = member(answer, "Credentials.SessionToken");
  ASSERT_TRUE(access_->identify(key, token).has_value());
  EXPECT_EQ(access_->identify(key, token)->secret, member(answer, "Credentials.SecretAccessKey"));
  EXPECT_EQ(access_->identify(key, "").error().code, "UnrecognizedClientException");
  restart();
  EXPECT_EQ(access_->identify(key, token)->principal->arn, "arn:aws:sts::" + account + ":assumed-role/worker/night");
  clock_.advance(std::chrono::minutes(60));
  EXPECT_EQ(access_->identify(key, token).error().code, "ExpiredTokenException");
  restart();
  EXPECT_EQ(access_->identify(key, token).error().code, "ExpiredTokenException");
}

TEST_F(AccessTest, ARoleThatIsMadeAgainIsAnotherOne) {
  const wire::Caller ada = user("ada", allowing("sts:AssumeRole"));
  const std::string trust = trusting(R"({"AWS":")" + account + "\"}");
  const std::string answer = assume(ada, role("worker", trust));
  root("DeleteRole", R"({"RoleName":"worker"})");
  role("worker", trust);
  const auto identity =
      access_->identify(member(answer, "Credentials.AccessKeyId"), member(answer, "Credentials.SessionToken"));
  EXPECT_EQ(identity.error().code, "UnrecognizedClientException");
}

TEST_F(AccessTest, TrustByName) {
  const wire::Caller ada = user("ada", allowing("logs:*"));
  EXPECT_EQ(member(assume(ada, role("one", trusting(R"({"AWS":")" + user_arn("ada") + "\"}"))), "AssumedRoleUser.Arn"),
            "arn:aws:sts::" + account + ":assumed-role/one/night");
  const std::string by_account = role("two", trusting(R"({"AWS":")" + account + "\"}"));
  EXPECT_TRUE(assume(ada, by_account).starts_with("AccessDenied"));
  put_policy("User", "ada", R"({"Statement":{"Effect":"Deny","Action":"sts:*","Resource":"*"}})");
  EXPECT_TRUE(assume(ada, "arn:aws:iam::" + account + ":role/one").starts_with("AccessDenied"));
}

TEST_F(AccessTest, TrustAcrossAccounts) {
  const std::string theirs = role("theirs", trusting(R"({"AWS":")" + user_arn("ada") + "\"}"), caller("OTHER"));
  const wire::Caller ada = user("ada", allowing("logs:*"));
  EXPECT_TRUE(assume(ada, theirs).starts_with("AccessDenied"));
  put_policy("User", "ada", allowing("sts:AssumeRole"));
  EXPECT_EQ(member(assume(ada, theirs), "AssumedRoleUser.Arn"),
            "arn:aws:sts::" + other_account + ":assumed-role/theirs/night");
  EXPECT_TRUE(assume(user("bob", allowing("sts:AssumeRole")), theirs).starts_with("AccessDenied"));
}

TEST_F(AccessTest, ServicesAreTrustedForWhatTheyDo) {
  const std::string condition = R"(,"Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:states:*:*:stateMachine:a"}})";
  const std::string arn = role("worker", trusting(R"({"Service":"states.amazonaws.com"})", condition));
  const auto assumed = [&](std::string_view service, const std::string& machine) {
    return access_
        ->assume_for(service, {.role_arn = arn,
                               .session_name = "s",
                               .source_arn = "arn:aws:states:us-east-1:" + account + ":stateMachine:" + machine})
        .has_value();
  };
  EXPECT_TRUE(assumed("states.amazonaws.com", "a"));
  EXPECT_FALSE(assumed("states.amazonaws.com", "b"));
  EXPECT_FALSE(assumed("lambda.amazonaws.com", "a"));
}

TEST_F(AccessTest, SessionPoliciesAndBoundariesOnlyTakeAway) {
  const std::string arn = role("worker", trusting(R"({"AWS":"*"})"));
  put_policy("Role", "worker", allowing("iam:List*"));
  const wire::Caller ada = user("ada", allowing("sts:AssumeRole"));
  const std::string answer = assume(ada, arn, R"(,"Policy":)" + quoted(allowing("iam:*Users")));
  const wire::Caller session =
      caller(member(answer, "Credentials.AccessKeyId"), member(answer, "Credentials.SessionToken"));
  EXPECT_EQ(member(call(session, "iam", "ListUsers", "{}"), "IsTruncated"), "false");
  EXPECT_TRUE(call(session, "iam", "ListRoles", "{}").ends_with("no session policy allows the iam:ListRoles action"));
  const std::string boundary = member(
      root("CreatePolicy", R"({"PolicyName":"b","PolicyDocument":)" + quoted(allowing("logs:*")) + "}"), "Policy.Arn");
  const wire::Caller eve = user("eve", allowing("iam:*"), R"(,"PermissionsBoundary":")" + boundary + "\"");
  EXPECT_TRUE(call(eve, "iam", "ListRoles", "{}").contains("no permissions boundary allows"));
}

TEST_F(AccessTest, EverythingIsKept) {
  const wire::Caller ada = user("ada", allowing("iam:ListUsers"), R"(,"Tags":[{"Key":"a","Value":"b"}])");
  role("worker", trusting(R"({"Service":"states.amazonaws.com"})"));
  root("CreatePolicy", R"({"PolicyName":"b","PolicyDocument":)" + quoted(allowing("logs:*")) + "}");
  const auto all = [this] {
    return root("GetUser", R"({"UserName":"ada"})") + root("GetRole", R"({"RoleName":"worker"})") +
           root("ListPolicies", R"({"Scope":"Local"})") + root("ListAccessKeys", R"({"UserName":"ada"})") +
           root("GetUserPolicy", R"({"UserName":"ada","PolicyName":"p"})");
  };
  const std::string before = all();
  const std::string secret = access_->identify(ada.access_key, "")->secret;
  restart();
  EXPECT_EQ(all(), before);
  EXPECT_EQ(access_->identify(ada.access_key, "")->secret, secret);
}

TEST_F(AccessTest, ARenamedUserKeepsItsKeys) {
  const wire::Caller ada = user("ada", allowing("iam:ListUsers"));
  root("UpdateUser", R"({"UserName":"ada","NewUserName":"countess"})");
  EXPECT_EQ(access_->identify(ada.access_key, "")->principal->arn, user_arn("countess"));
  restart();
  EXPECT_EQ(access_->identify(ada.access_key, "")->principal->arn, user_arn("countess"));
}

}  // namespace
}  // namespace stepwell::iam
