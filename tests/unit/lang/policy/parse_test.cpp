#include "policies.h"

namespace stepwell::policy {
namespace {

std::string refusal(std::string_view text, DocumentKind kind = DocumentKind::identity) {
  const auto parsed = parse(text, kind);
  EXPECT_FALSE(parsed.has_value()) << text;
  if (parsed) return {};
  EXPECT_EQ(parsed.error().code, "MalformedPolicyDocumentException");
  return parsed.error().message;
}

std::string refused_statement(const std::string& members) {
  return refusal(R"({"Version":"2012-10-17","Statement":[{)" + members + "}]}");
}

TEST(ParseTest, WhatIsNoPolicy) {
  for (const std::string_view text :
       {"", "x", "[]", "{}", "1", R"({"Statement":[]})", R"({"Statement":1})", R"({"Statement":[1]})",
        R"({"Statement":[],"Other":1})", R"({"Version":1,"Statement":[]})"}) {
    EXPECT_EQ(refusal(text), "Syntax errors in policy.") << text;
  }
  EXPECT_EQ(refusal("{", DocumentKind::trust), "This policy contains invalid Json");
  EXPECT_EQ(refusal(R"({"Version":"2020-01-01","Statement":[]})"),
            "Policy document must be version 2012-10-17 or greater.");
}

TEST(ParseTest, StatementsThatLackSomething) {
  EXPECT_EQ(refused_statement(R"("Effect":"Allow","Resource":"*")"), "Policy statement must contain actions.");
  EXPECT_EQ(refused_statement(R"("Effect":"Allow","Action":"a:b")"), "Policy statement must contain resources.");
  EXPECT_EQ(refused_statement(R"("Effect":"Allow","Action":[],"Resource":"*")"),
            "Policy statement must contain actions.");
  EXPECT_EQ(refused_statement(R"("Action":"a:b","Resource":"*")"), "Missing required field Effect");
  EXPECT_EQ(refused_statement(R"("Effect":"allow","Action":"a:b","Resource":"*")"), "Invalid effect: allow");
}

TEST(ParseTest, ActionsAndResources) {
  const auto action = [](const std::string& text) {
    return refused_statement(R"("Effect":"Allow","Resource":"*","Action":")" + text + "\"");
  };
  EXPECT_EQ(action("StartExecution"), "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  EXPECT_EQ(action("a:b:c"), "Actions/Condition can contain only one colon.");
  EXPECT_EQ(action("a b:c"), "Vendor a b is not valid");
  const auto resource = [](const std::string& text) {
    return refused_statement(R"("Effect":"Allow","Action":"a:b","Resource":")" + text + "\"");
  };
  EXPECT_EQ(resource("orders"), "Resource orders must be in ARN format or \"*\".");
  EXPECT_EQ(resource("x:aws:s3:::b"), "Partition \"x\" is not valid for resource \"x:aws:s3:::b\".");
  EXPECT_EQ(resource("arn:aws:s3"), "The policy failed legacy parsing");
}

TEST(ParseTest, Sids) {
  EXPECT_EQ(refusal(R"({"Statement":[{"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"},
                                     {"Sid":"A","Effect":"Allow","Action":"*","Resource":"*"}]})"),
            "Statement IDs (SID) in a single policy must be unique.");
  EXPECT_NE(refused_statement(R"("Sid":"a b","Effect":"Allow","Action":"*","Resource":"*")"), "");
}

TEST(ParseTest, Conditions) {
  const auto condition = [](const std::string& text) {
    return refused_statement(R"("Effect":"Allow","Action":"*","Resource":"*","Condition":)" + text);
  };
  EXPECT_EQ(condition(R"({"Equals":{"a:b":"c"}})"), "Invalid Condition type : Equals");
  EXPECT_EQ(condition(R"({"NullIfExists":{"a:b":"true"}})"), "Invalid Condition type : NullIfExists");
  EXPECT_EQ(condition(R"({"StringEquals":{"a:b":{}}})"), "Syntax errors in policy.");
  EXPECT_EQ(condition("[]"), "Syntax errors in policy.");
}

TEST(ParseTest, Principals) {
  EXPECT_EQ(refused_statement(R"("Effect":"Allow","Action":"*","Resource":"*","Principal":"*")"),
            "Policy document should not specify a principal.");
  const auto trust = [](const std::string& members) {
    return refusal(R"({"Statement":{"Effect":"Allow",)" + members + "}}", DocumentKind::trust);
  };
  EXPECT_EQ(trust(R"("Action":"sts:AssumeRole")"), "Missing required field Principal");
  EXPECT_EQ(trust(R"("Action":"sts:AssumeRole","Principal":"*","Resource":"*")"), "Has prohibited field Resource");
  EXPECT_EQ(trust(R"("Action":"states:*","Principal":"*")"),
            "AssumeRole policy may only specify STS AssumeRole actions.");
  EXPECT_EQ(trust(R"("Action":"sts:AssumeRole","Principal":{"AWS":"Ada"})"),
            R"(Invalid principal in policy: "AWS":"Ada")");
  EXPECT_EQ(trust(R"("Action":"sts:AssumeRole","Principal":{"Aws":"*"})"), R"(Invalid principal in policy: "Aws")");
}

TEST(ParseTest, DepthIsBounded) {
  const std::string deep(100'000, '[');
  EXPECT_EQ(refusal(R"({"Statement":)" + deep), "Syntax errors in policy.");
}

}  // namespace
}  // namespace stepwell::policy
