#pragma once
// ECS in virtual time, with EventBridge and CloudWatch Logs beside it, and containers that do what the test says.

#include "../events/world.h"
#include "fake_containers.h"
#include "lang/json/documents.h"
#include "services/ecs/service.h"

#include <gtest/gtest.h>

namespace stepwell::ecs {

class EcsTest : public testing::Test, public events::World {
 protected:
  EcsTest() {
    open();
    must("CreateCluster", "{}", "ecs");
  }

  void open() {
    auto service = std::make_unique<Service>(
        ServicePorts{.store = store_,
                     .scheduler = scheduler_,
                     .clock = clock_,
                     .random = random_,
                     .log = log_,
                     .directory = *directory_,
                     .containers = containers_,
                     .surroundings = [] {
                       return Surroundings{.endpoint_url = "http://here", .access_key = "key", .secret_key = "secret"};
                     }});
    Service* const opened = service.get();
    ecs_ = opened;
    directory_->add(std::move(service));
    EXPECT_TRUE(opened->start().has_value());
    scheduler_.run();
  }
  void crash() {
    containers_.forget_everybody();
    reopen();
    open();
  }

  json::Value call(std::string_view operation, std::string_view input) { return must(operation, input, "ecs"); }
  Error error(std::string_view operation, std::string_view input) {
    const auto answer = ask(operation, input, "ecs");
    return answer ? Error{.code = "none"} : answer.error();
  }
  // A definition of these containers: the inside of a list.
  void define(std::string_view family, std::string_view containers, std::string_view more = "") {
    call("RegisterTaskDefinition",
         fmt::format(R"({{"family":"{}","memory":"512","cpu":"256","containerDefinitions":[{}]{}}})", family,
                     containers, more));
  }
  // Its ARN.
  std::string run(std::string_view definition, std::string_view more = "") {
    const json::Value answer = call("RunTask", fmt::format(R"({{"taskDefinition":"{}"{}}})", definition, more));
    const auto tasks = json::elements_of(answer, "tasks");
    return tasks.empty() ? std::string() : std::string(json::text_of(tasks.front(), "taskArn"));
  }
  json::Value task(std::string_view arn) {
    const json::Value answer = call("DescribeTasks", fmt::format(R"({{"tasks":["{}"]}})", arn));
    const auto tasks = json::elements_of(answer, "tasks");
    return tasks.empty() ? json::Value() : tasks.front();
  }
  std::string status(std::string_view arn) { return std::string(json::text_of(task(arn), "lastStatus")); }
  json::Value container(std::string_view arn, std::string_view name) {
    for (const json::Value& one : json::elements_of(task(arn), "containers")) {
      if (json::text_of(one, "name") == name) return one;
    }
    return {};
  }
  std::int64_t exit_code(std::string_view arn, std::string_view name) {
    const json::Value* code = container(arn, name).find("exitCode");
    return code == nullptr ? -1 : code->as_integer().value_or(-2);
  }

  FakeContainers containers_{clock_};
  Service* ecs_ = nullptr;
};

}  // namespace stepwell::ecs
