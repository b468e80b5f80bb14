#include "policies.h"

namespace stepwell::policy {
namespace {

constexpr std::string_view machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

TEST(EvaluateTest, NothingIsAllowedByItself) {
  EXPECT_EQ(decide(Document{}, "states:StartExecution", machine), Verdict::implicitly_denied);
}

TEST(EvaluateTest, ActionsAndResources) {
  const Document policy = statement(
      R"("Effect":"Allow","Action":["states:Start*","states:describeexecution"],"Resource":"arn:aws:states:*:*:stateMachine:o?ders")");
  EXPECT_EQ(decide(policy, "states:StartExecution", machine), Verdict::allowed);
  EXPECT_EQ(decide(policy, "states:DescribeExecution", machine), Verdict::allowed);
  EXPECT_EQ(decide(policy, "states:StopExecution", machine), Verdict::implicitly_denied);
  EXPECT_EQ(decide(policy, "states:StartExecution", "arn:aws:states:us-east-1:123456789012:stateMachine:Orders"),
            Verdict::implicitly_denied);
}

// AWS's example of the evaluation logic: one bucket is taken out of what is allowed.
TEST(EvaluateTest, ADenyIsTheEnd) {
  const Document policy = document(R"({"Version":"2012-10-17","Statement":[
    {"Sid":"AllowS3","Effect":"Allow","Action":"s3:*","Resource":"*"},
    {"Sid":"DenySecret","Effect":"Deny","Action":"s3:*","Resource":["arn:aws:s3:::secret","arn:aws:s3:::secret/*"]}]})");
  EXPECT_EQ(decide(policy, "s3:GetObject", "arn:aws:s3:::open/a"), Verdict::allowed);
  EXPECT_EQ(decide(policy, "s3:GetObject", "arn:aws:s3:::secret/a"), Verdict::explicitly_denied);
  const Finding finding =
      evaluate(policy, {.action = "s3:PutObject", .resource = "arn:aws:s3:::secret", .context = KnownContext()});
  ASSERT_NE(finding.statement, nullptr);
  EXPECT_EQ(finding.statement->sid, "DenySecret");
}

// AWS's examples of NotAction and NotResource.
TEST(EvaluateTest, AllBut) {
  const Document actions = statement(R"("Effect":"Allow","NotAction":"iam:*","Resource":"*")");
  EXPECT_EQ(decide(actions, "states:StartExecution", machine), Verdict::allowed);
  EXPECT_EQ(decide(actions, "iam:CreateUser", "arn:aws:iam::123456789012:user/Ada"), Verdict::implicitly_denied);
  const Document resources = statement(
      R"("Effect":"Deny","Action":"s3:*","NotResource":["arn:aws:s3:::HRBucket/Payroll","arn:aws:s3:::HRBucket/Payroll/*"])");
  EXPECT_EQ(decide(resources, "s3:GetObject", "arn:aws:s3:::HRBucket/Payroll/1"), Verdict::implicitly_denied);
  EXPECT_EQ(decide(resources, "s3:GetObject", "arn:aws:s3:::HRBucket/Other"), Verdict::explicitly_denied);
}

TEST(EvaluateTest, VariablesInResources) {
  const std::string members = R"("Effect":"Allow","Action":"s3:*","Resource":"arn:aws:s3:::home/${aws:username}/*")";
  KnownContext ada;
  ada.add("aws:username", "Ada");
  EXPECT_EQ(decide(statement(members), "s3:GetObject", "arn:aws:s3:::home/Ada/x", ada), Verdict::allowed);
  EXPECT_EQ(decide(statement(members), "s3:GetObject", "arn:aws:s3:::home/Bob/x", ada), Verdict::implicitly_denied);
  EXPECT_EQ(decide(statement(members), "s3:GetObject", "arn:aws:s3:::home//x"), Verdict::implicitly_denied);
  KnownContext star;
  star.add("aws:username", "*");
  EXPECT_EQ(decide(statement(members), "s3:GetObject", "arn:aws:s3:::home/Bob/x", star), Verdict::implicitly_denied);
  const Document older = document(R"({"Statement":{)" + members + "}}");
  EXPECT_EQ(decide(older, "s3:GetObject", "arn:aws:s3:::home/Ada/x", ada), Verdict::implicitly_denied);
  EXPECT_EQ(decide(older, "s3:GetObject", "arn:aws:s3:::home/${aws:username}/x", ada), Verdict::allowed);
}

Finding trust(const std::string& principal, const Actor& actor, const std::string& more = {}) {
  const Document policy = document(
      R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole",)" + principal + more + "}}",
      DocumentKind::trust);
  return evaluate(policy, {.action = "sts:AssumeRole", .resource = {}, .context = KnownContext(), .actor = actor});
}

TEST(EvaluateTest, Principals) {
  const Actor ada{.arn = "arn:aws:iam::123456789012:user/Ada", .account = "123456789012", .id = "AIDAADA"};
  const Actor session{.arn = "arn:aws:sts::123456789012:assumed-role/Worker/one",
                      .role = "arn:aws:iam::123456789012:role/Worker",
                      .account = "123456789012"};
  const Actor states{.service = "states.amazonaws.com"};
  EXPECT_EQ(trust(R"("Principal":"*")", ada).verdict, Verdict::allowed);
  EXPECT_EQ(trust(R"("Principal":{"Service":"states.amazonaws.com"})", states).verdict, Verdict::allowed);
  EXPECT_EQ(trust(R"("Principal":{"Service":"lambda.amazonaws.com"})", states).verdict, Verdict::implicitly_denied);
  EXPECT_EQ(trust(R"("Principal":{"Service":"states.amazonaws.com"})", ada).verdict, Verdict::implicitly_denied);
  EXPECT_EQ(trust(R"("Principal":{"AWS":"123456789012"})", states).verdict, Verdict::implicitly_denied);
  const Finding direct = trust(R"("Principal":{"AWS":["arn:aws:iam::123456789012:user/Ada"]})", ada);
  EXPECT_EQ(direct.verdict, Verdict::allowed);
  EXPECT_FALSE(direct.by_account);
  for (const std::string account : {"123456789012", "arn:aws:iam::123456789012:root"}) {
    const Finding found = trust(R"("Principal":{"AWS":")" + account + "\"}", ada);
    EXPECT_EQ(found.verdict, Verdict::allowed);
    EXPECT_TRUE(found.by_account);
  }
  EXPECT_EQ(trust(R"("Principal":{"AWS":"210987654321"})", ada).verdict, Verdict::implicitly_denied);
  EXPECT_EQ(trust(R"("Principal":{"AWS":"AIDAADA"})", ada).verdict, Verdict::allowed);
  EXPECT_FALSE(trust(R"("Principal":{"AWS":"arn:aws:iam::123456789012:role/Worker"})", session).by_account);
  EXPECT_EQ(trust(R"("Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/Worker/two"})", session).verdict,
            Verdict::implicitly_denied);
  EXPECT_EQ(trust(R"("NotPrincipal":{"AWS":"arn:aws:iam::123456789012:user/Ada"})", ada).verdict,
            Verdict::implicitly_denied);
}

TEST(EvaluateTest, WhatTakesTooLongIsDenied) {
  std::string actions;
  for (int i = 0; i < 400; ++i) actions += (i ? ",\"a:" : "\"a:") + std::string(150, '*') + "?*a?*a?*a?*b\"";
  const Document policy = statement(R"("Effect":"Allow","NotAction":[)" + actions + R"(],"Resource":"*")");
  EXPECT_EQ(decide(policy, "a:" + std::string(20'000, 'a'), machine), Verdict::explicitly_denied);
}

}  // namespace
}  // namespace stepwell::policy
