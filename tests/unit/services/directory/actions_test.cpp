#include "services/directory/actions.h"

#include "../../wire/models.h"
#include "lang/json/parse.h"

#include <array>

#include <gtest/gtest.h>

namespace stepwell::directory {
namespace {

std::string doubled(const wire::Call& call) { return std::string(call.text("name")) + std::string(call.text("name")); }

std::vector<Need> needs(const Actions& actions, std::string_view input) {
  wire::Call call;
  call.operation = wire::machines_model().operation("Create");
  call.caller.account = "123456789012";
  call.caller.region = "eu-north-1";
  call.input = *json::parse_copy(call.arena, input);
  return needs_of(wire::machines_model(), actions, call);
}

TEST(ActionsTest, ATextIsFilledIn) {
  constexpr auto table = std::to_array<Action>({{"Create", "m:Make", "arn:aws:m:{region}:{account}:x/{name}/{none}"}});
  const auto found = needs({.actions = table}, R"({"name":"n"})");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].action, "m:Make");
  EXPECT_EQ(found[0].resource, "arn:aws:m:eu-north-1:123456789012:x/n/");
}

TEST(ActionsTest, AFunctionSaysIt) {
  constexpr auto table = std::to_array<Action>({{"Create", "m:Make", doubled}});
  EXPECT_EQ(needs({.actions = table}, R"({"name":"n"})").front().resource, "nn");
}

TEST(ActionsTest, WhatHasNoLineNeedsItsOwnName) {
  const auto found = needs({}, "{}");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].action, "machines:Create");
  EXPECT_EQ(found[0].resource, "*");
}

TEST(ActionsTest, WhatEverybodyMay) {
  constexpr auto table = std::to_array<Action>({{"Create", "", ""}});
  EXPECT_TRUE(needs({.actions = table}, "{}").empty());
}

TEST(ActionsTest, RolesThatArePassed) {
  constexpr auto passed = std::to_array<PassedRole>({{"Create", "name", "m.amazonaws.com"}});
  EXPECT_EQ(needs({.passed_roles = passed}, "{}").size(), 1U);
  const auto found = needs({.passed_roles = passed}, R"({"name":"arn:aws:iam::1:role/r"})");
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].action, "iam:PassRole");
  EXPECT_EQ(found[1].resource, "arn:aws:iam::1:role/r");
  EXPECT_EQ(found[1].passed_to, "m.amazonaws.com");
}

}  // namespace
}  // namespace stepwell::directory
