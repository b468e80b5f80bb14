#pragma once
// EventBridge and Scheduler in virtual time, with services that write down what they are called for.

#include "../../../support/virtual_time.h"
#include "base/http_client.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/deliveries/deliveries.h"
#include "services/events/model.h"
#include "services/events/service.h"
#include "services/logs/service.h"
#include "store/memory/memory_store.h"
#include "wire/validate.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::events {

class NoClient final : public http::Client {
 public:
  Task<Result<http::Response>> send(http::Call call) override {
    calls.push_back(std::move(call));
    co_return http::Response{.status = 200, .headers = {}, .body = answer};
  }
  std::vector<http::Call> calls;
  std::string answer = "{}";
};

// Log groups are the targets: their events are what arrives.
class World {
 public:
  World() { open(); }

  // As after a crash: everything that is not in the store is gone.
  void reopen() {
    directory_.reset();
    service_ = nullptr;
    deliveries_.reset();
    scheduler_.clear();
    open();
  }

  Result<json::Value> ask(std::string_view operation, std::string_view input, std::string_view service = "events") {
    auto call = std::make_unique<wire::Call>();
    call->caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
    call->input = *json::parse_copy(call->arena, input);
    std::optional<Result<wire::Reply>> reply;
    start(directory_->call(std::string(service), std::string(operation), *call),
          [&](auto done, const std::exception_ptr&) { reply = std::move(*done); });
    scheduler_.run();
    EXPECT_TRUE(reply.has_value()) << operation;
    calls_.push_back(std::move(call));
    if (!*reply) return std::unexpected((*reply).error());
    return (**reply).output;
  }
  json::Value must(std::string_view operation, std::string_view input, std::string_view service = "events") {
    const auto answer = ask(operation, input, service);
    EXPECT_TRUE(answer.has_value()) << operation << ": " << (answer ? "" : answer.error().message);
    return answer ? *answer : json::Value();
  }
  std::string refusal(std::string_view operation, std::string_view input) {
    const auto answer = ask(operation, input);
    return answer ? "none" : answer.error().code;
  }

  // A rule with a group of that name as its target.
  void rule(std::string_view name, std::string_view what) {
    must("CreateLogGroup", fmt::format(R"({{"logGroupName":"{}"}})", name), "logs");
    must("PutRule", fmt::format(R"({{"Name":"{}",{}}})", name, what));
    must("PutTargets",
         fmt::format(
             R"({{"Rule":"{0}","Targets":[{{"Id":"t","Arn":"arn:aws:logs:us-east-1:123456789012:log-group:{0}"}}]}})",
             name));
  }
  std::size_t arrived(std::string_view group) {
    const json::Value events = must("FilterLogEvents", fmt::format(R"({{"logGroupName":"{}"}})", group), "logs");
    return events.find("events")->size();
  }
  void put(std::string_view source) {
    must("PutEvents", fmt::format(R"({{"Entries":[{{"Source":"{}","DetailType":"t","Detail":"{{}}"}}]}})", source));
  }
  void pass(Duration time) { scheduler_.run_until(clock_.now() + time); }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  SeededRandom random_{1};
  NoLog log_;
  NoClient client_;
  store::MemoryStore store_;
  std::unique_ptr<directory::Directory> directory_;
  std::unique_ptr<deliveries::Deliveries> deliveries_;
  Service* service_ = nullptr;

 private:
  void open() {
    directory_ = std::make_unique<directory::Directory>();
    deliveries_ = std::make_unique<deliveries::Deliveries>(deliveries::Deliveries::Ports{.store = store_,
                                                                                         .scheduler = scheduler_,
                                                                                         .clock = clock_,
                                                                                         .random = random_,
                                                                                         .log = log_,
                                                                                         .directory = *directory_,
                                                                                         .client = client_});
    directory_->add(std::make_unique<logs::Service>(
        logs::ServicePorts{.store = store_, .scheduler = scheduler_, .clock = clock_, .random = random_, .log = log_}));
    auto service = Service::open({.store = store_,
                                  .scheduler = scheduler_,
                                  .clock = clock_,
                                  .random = random_,
                                  .log = log_,
                                  .client = client_,
                                  .deliveries = *deliveries_});
    EXPECT_TRUE(service.has_value());
    service_ = service->get();
    directory_->add(std::move(*service));
    EXPECT_TRUE(deliveries_->start().has_value());
    EXPECT_TRUE(service_->start().has_value());
  }

  std::vector<std::unique_ptr<wire::Call>> calls_;  // hold the answers
};

}  // namespace stepwell::events
