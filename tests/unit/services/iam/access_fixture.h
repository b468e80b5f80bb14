#pragma once
// IAM and STS in virtual time over a store in memory; the callers of requests are known by their keys.

#include "../../../support/virtual_time.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/directory/directory.h"
#include "services/iam/service.h"
#include "services/sts/service.h"
#include "store/memory/memory_store.h"

#include <memory>
#include <optional>
#include <string>

#include <gtest/gtest.h>

namespace stepwell::iam {

inline const std::string account = "123456789012";
inline const std::string other_account = "210987654321";

class AccessTest : public testing::Test {
 protected:
  void SetUp() override { restart(); }

  // What the store has is all that is left.
  void restart() {
    directory_ = std::make_unique<directory::Directory>();
    auto service = Service::open({.store = store_,
                                  .scheduler = scheduler_,
                                  .clock = clock_,
                                  .root_keys = {{"ROOT", "secret", account}, {"OTHER", "secret", other_account}},
                                  .enforcement = directory::Enforcement::on});
    ASSERT_TRUE(service.has_value()) << service.error().message;
    access_ = &(*service)->access();
    directory_->control(*access_);
    directory_->add(std::move(*service));
    directory_->add(std::make_unique<sts::Service>(clock_, *access_));
  }

  wire::Caller caller(const std::string& key, const std::string& token = {}) {
    wire::Caller made{.account = account, .region = "us-east-1", .access_key = key, .request_id = "r"};
    auto identity = access_->identify(key, token);
    EXPECT_TRUE(identity.has_value()) << key;
    if (!identity) return made;
    made.principal = identity->principal;
    made.account = identity->principal->account;
    return made;
  }

  // What the operation answers, as JSON text, or the name of its error and what it says.
  std::string call(const wire::Caller& by, const std::string& service, const std::string& operation,
                   const std::string& input) {
    wire::Call request;
    request.caller = by;
    request.input = *json::parse_copy(request.arena, input);
    std::optional<Result<wire::Reply>> reply;
    start(directory_->call(service, operation, request),
          [&reply](std::optional<Result<wire::Reply>> value, const std::exception_ptr&) { reply = std::move(value); });
    scheduler_.run();
    if (!reply) return "no answer";
    return *reply ? json::print((*reply)->output) : (*reply).error().code + ": " + (*reply).error().message;
  }
  std::string root(const std::string& operation, const std::string& input) {
    return call(caller("ROOT"), "iam", operation, input);
  }

  static std::string member(const std::string& text, std::string path) {
    json::Arena arena;
    const auto parsed = json::parse(arena, text);
    const json::Value* value = parsed ? &*parsed : nullptr;
    for (std::size_t dot = 0; value != nullptr && dot != std::string::npos;) {
      dot = path.find('.');
      value = value->find(path.substr(0, dot));
      path.erase(0, dot == std::string::npos ? path.size() : dot + 1);
    }
    if (value == nullptr) return "none in " + text;
    return value->is_string() ? std::string(value->as_string()) : json::print(*value);
  }

  static std::string quoted(std::string_view text) {
    std::string made;
    json::print_string(made, text);
    return made;
  }
  static std::string allowing(const std::string& action, const std::string& more = {}) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":")" + action + R"(","Resource":"*")" +
           more + "}}";
  }
  static std::string trusting(const std::string& principal, const std::string& more = {}) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":)" +
           principal + more + "}}";
  }

  // A user with one inline policy; the caller that it is.
  wire::Caller user(const std::string& name, const std::string& policy, const std::string& more = {}) {
    root("CreateUser", R"({"UserName":")" + name + "\"" + more + "}");
    put_policy("User", name, policy);
    const std::string key = root("CreateAccessKey", R"({"UserName":")" + name + "\"}");
    return caller(member(key, "AccessKey.AccessKeyId"));
  }
  void put_policy(const std::string& kind, const std::string& name, const std::string& policy) {
    root("Put" + kind + "Policy",
         "{\"" + kind + "Name\":\"" + name + R"(","PolicyName":"p","PolicyDocument":)" + quoted(policy) + "}");
  }
  std::string role(const std::string& name, const std::string& trust, const wire::Caller& by) {
    const std::string input = R"({"RoleName":")" + name + R"(","AssumeRolePolicyDocument":)" + quoted(trust) + "}";
    return member(call(by, "iam", "CreateRole", input), "Role.Arn");
  }
  std::string role(const std::string& name, const std::string& trust) { return role(name, trust, caller("ROOT")); }

  std::string assume(const wire::Caller& by, const std::string& role_arn, const std::string& more = {}) {
    return call(by, "sts", "AssumeRole", R"({"RoleArn":")" + role_arn + R"(","RoleSessionName":"night")" + more + "}");
  }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  store::MemoryStore store_;
  std::unique_ptr<directory::Directory> directory_;
  directory::AccessControl* access_ = nullptr;
};

}  // namespace stepwell::iam
