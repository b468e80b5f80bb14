// What it costs to be let in: whose key a request is signed with, and whether they may do what it asks. A user with an
// inline and a managed policy, as an application has them; with a condition, which is looked at anew each time.
#include "base/check.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/directory/directory.h"
#include "services/iam/service.h"
#include "store/memory/memory_store.h"
#include "support/virtual_time.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

namespace stepwell::iam {
namespace {

constexpr std::string_view account = "123456789012";
constexpr std::string_view machine = "arn:aws:states:us-east-1:123456789012:stateMachine:orders";

class Office {
 public:
  Office() {
    auto service = Service::open({.store = store_,
                                  .scheduler = scheduler_,
                                  .clock = clock_,
                                  .root_keys = {{"ROOT", "secret", std::string(account)}},
                                  .enforcement = directory::Enforcement::on});
    CHECK(service.has_value());
    access_ = &(*service)->access();
    directory_.control(*access_);
    directory_.add(std::move(*service));
    caller_.principal = access_->identify("ROOT", "")->principal;
  }

  // The key of a new user.
  std::string user(std::string_view condition) {
    call("CreateUser", R"({"UserName":"ada"})");
    const auto policy = [condition](std::string_view action, std::string_view resource) {
      return fmt::format(
          R"({{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Action":["{}"],"Resource":["{}"]{}}}]}})",
          action, resource, condition);
    };
    json::Arena arena;
    const auto with = [](json::ObjectBuilder input, std::string_view text) {
      return json::print(input.add("PolicyDocument", text).build());
    };
    const std::string logs = policy("logs:*", "*");
    const std::string states = policy("states:Start*", "arn:aws:states:*:*:stateMachine:*");
    call("CreatePolicy", with(json::ObjectBuilder(arena).add("PolicyName", "logs"), logs));
    call("AttachUserPolicy", R"({"UserName":"ada","PolicyArn":"arn:aws:iam::123456789012:policy/logs"})");
    call("PutUserPolicy", with(json::ObjectBuilder(arena).add("UserName", "ada").add("PolicyName", "p"), states));
    const std::string key = call("CreateAccessKey", R"({"UserName":"ada"})");
    return std::string(json::parse(arena, key)->find("AccessKey")->find("AccessKeyId")->as_string());
  }

  directory::AccessControl& access() { return *access_; }

 private:
  std::string call(std::string operation, const std::string& input) {
    wire::Call request;
    request.caller = caller_;
    request.caller.account = account;
    request.input = *json::parse_copy(request.arena, input);
    std::string output;
    start(directory_.call("iam", std::move(operation), request),
          [&output](const std::optional<Result<wire::Reply>>& reply, const std::exception_ptr&) {
            CHECK(reply && *reply);
            output = json::print((*reply)->output);
          });
    scheduler_.run();
    return output;
  }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  store::MemoryStore store_;
  directory::Directory directory_;
  directory::AccessControl* access_ = nullptr;
  wire::Caller caller_;
};

void let_in(benchmark::State& state, std::string_view condition) {
  Office office;
  const std::string key = office.user(condition);
  wire::Call call;
  call.caller.account = account;
  call.caller.region = "us-east-1";
  const directory::Need need{.action = "states:StartExecution", .resource = std::string(machine)};
  const directory::TagLookup no_tags = [](std::string_view, std::string_view) { return std::nullopt; };
  for (auto _ : state) {
    call.caller.principal = office.access().identify(key, "")->principal;
    CHECK(office.access().authorize(call, need, no_tags));
  }
}

BENCHMARK_CAPTURE(let_in, by_policies, "");
BENCHMARK_CAPTURE(let_in, by_policies_with_a_condition,
                  R"(,"Condition":{"StringEquals":{"aws:RequestedRegion":"us-east-1"}})");

}  // namespace
}  // namespace stepwell::iam
