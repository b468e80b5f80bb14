#pragma once
// Batch with CloudWatch Logs and EventBridge in virtual time, over an engine that the test plays.

#include "../events/world.h"
#include "fake_containers.h"
#include "services/batch/service.h"

#include <algorithm>
#include <functional>

namespace stepwell::batch {

class World : public events::World {
 public:
  World() { open(); }
  ~World() {
    directory_.reset();
    for (const std::string& name : containers_.running()) containers_.finish(name, 0);
  }

  void crash(const std::function<void()>& meanwhile = {}) {
    reopen();
    if (meanwhile) meanwhile();
    open();
  }

  json::Value ask_batch(std::string_view operation, std::string_view input) { return must(operation, input, "batch"); }
  std::string refusal_of(std::string_view operation, std::string_view input) {
    const auto answer = ask(operation, input, "batch");
    return answer ? "none" : answer.error().message;
  }

  // A queue `q` over a compute environment `ce`.
  void make_queue(int cpus = 16) {
    ask_batch("CreateComputeEnvironment", fmt::format(R"({{"computeEnvironmentName":"ce","type":"MANAGED",
                              "computeResources":{{"type":"FARGATE","maxvCpus":{},"subnets":["s"]}}}})",
                                                      cpus));
    ask_batch("CreateJobQueue", R"({"jobQueueName":"q","priority":1,
                                   "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]})");
  }
  void define(std::string_view name = "d", std::string_view more = "", std::string_view container = "") {
    ask_batch("RegisterJobDefinition",
              fmt::format(R"({{"jobDefinitionName":"{}","type":"container","containerProperties":{{"image":"busybox",
                               "command":["echo","Ref::what"],"resourceRequirements":[
                               {{"type":"VCPU","value":"1"}},{{"type":"MEMORY","value":"128"}}]{}}}{}}})",
                          name, container, more));
  }
  std::string submit(std::string_view more = "") {
    const json::Value answer =
        ask_batch("SubmitJob", fmt::format(R"({{"jobName":"j","jobQueue":"q","jobDefinition":"d"{}}})", more));
    return std::string(answer.find("jobId")->as_string());
  }
  json::Value job(std::string_view id) {
    const json::Value jobs = *ask_batch("DescribeJobs", fmt::format(R"({{"jobs":["{}"]}})", id)).find("jobs");
    return jobs.size() == 0 ? json::Value() : jobs.elements()[0];
  }
  // What DescribeJobs says there, as JSON text: "container.exitCode"; "none" where it says nothing.
  std::string of(std::string_view id, std::string path) {
    const json::Value root = job(id);
    const json::Value* value = &root;
    while (value != nullptr && !path.empty()) {
      const std::size_t dot = path.find('.');
      const std::string part = path.substr(0, dot);
      path = dot == std::string::npos ? std::string() : path.substr(dot + 1);
      const bool is_index = part.find_first_not_of("0123456789") == std::string::npos;
      if (is_index && value->is_array())
        value = std::stoul(part) < value->size() ? &value->elements()[std::stoul(part)] : nullptr;
      else
        value = value->find(part);
    }
    if (value == nullptr || value->is_null()) return "none";
    return value->is_string() ? std::string(value->as_string()) : json::print(*value);
  }
  std::string status(std::string_view id) { return of(id, "status"); }
  static std::string box(std::string id, int attempt = 1) {
    std::ranges::replace(id, ':', '-');
    return fmt::format("stepwell-batch-{}-{}", id, attempt);
  }
  void finish(const std::string& id, int exit_code, int attempt = 1) {
    containers_.finish(box(id, attempt), exit_code);
    scheduler_.run();
  }
  std::size_t listed(std::string_view input) { return ask_batch("ListJobs", input).find("jobSummaryList")->size(); }
  std::size_t rows(store::Table table) {
    std::size_t count = 0;
    for (const auto cursor = store_.scan(table, {}, {}, store::Direction::forward); cursor->valid(); cursor->next())
      ++count;
    return count;
  }

  containers::FakeContainers containers_{clock_};
  Limits limits_;

 private:
  void open() {
    auto service = std::make_unique<Service>(ServicePorts{.store = store_,
                                                          .scheduler = scheduler_,
                                                          .clock = clock_,
                                                          .random = random_,
                                                          .log = log_,
                                                          .directory = *directory_,
                                                          .containers = containers_,
                                                          .endpoint_url = [] { return std::string("http://here"); },
                                                          .access_key = "AK",
                                                          .secret_key = "SK",
                                                          .limits = limits_});
    Service* const opened = service.get();
    directory_->add(std::move(service));
    EXPECT_TRUE(opened->start().has_value());
    scheduler_.run();
  }
};

}  // namespace stepwell::batch
