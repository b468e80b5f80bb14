// Tasks that wait for jobs (batch:submitJob.sync), across crashes: whatever commit the store fails at, there is one
// job, its container runs once, and the task is told of its end; what is given up is stopped.

#include "../states/service_fixture.h"
#include "fake_containers.h"
#include "services/batch/service.h"

#include <algorithm>

namespace stepwell::states {
namespace {

using Failure = FailingStore::Failure;

struct Case {
  std::string name;
  int exit_code = 0;   // of the container, which runs for five seconds; -1: it runs until it is stopped
  std::string fields;  // of the task
  std::string parent_status, job_status;
  std::string history;  // of the parent
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class SyncTest : public ServiceTest, public testing::WithParamInterface<Case> {
 protected:
  void TearDown() override {
    ServiceTest::TearDown();
    end_containers(0);
  }

  void add_services(directory::Directory& directory) override {
    auto service = std::make_unique<batch::Service>(batch::ServicePorts{.store = *store_,
                                                                        .scheduler = scheduler_,
                                                                        .clock = clock_,
                                                                        .random = random_,
                                                                        .log = log_,
                                                                        .directory = directory,
                                                                        .containers = containers_,
                                                                        .endpoint_url = {}});
    batch::Service* const opened = service.get();
    directory.add(std::move(service));
    ASSERT_TRUE(opened->start().has_value());
  }

  std::string batch_call(const std::string& operation, const std::string& input) {
    wire::Call request;
    request.caller = {.account = "123456789012", .region = "us-east-1", .access_key = {}, .request_id = "r"};
    request.input = *json::parse_copy(request.arena, input);
    std::optional<Result<wire::Reply>> reply;
    start(directory_->call("batch", operation, request),
          [&reply](std::optional<Result<wire::Reply>> value, std::exception_ptr) { reply = std::move(value); });
    scheduler_.run();
    if (!reply) return "no answer";
    return *reply ? json::print((*reply)->output) : (*reply).error().message;
  }

  void create_all() {
    containers_.begun.clear();
    batch_call("CreateComputeEnvironment", R"({"computeEnvironmentName":"ce","type":"UNMANAGED"})");
    batch_call("CreateJobQueue", R"({"jobQueueName":"q","priority":1,
                                   "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]})");
    batch_call("RegisterJobDefinition", R"({"jobDefinitionName":"d","type":"container","containerProperties":{
        "image":"busybox","vcpus":1,"memory":64}})");
    create_machine("parent", fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task",)"
                                         R"("Resource":"arn:aws:states:::batch:submitJob.sync",)"
                                         R"("Parameters":{{"JobName":"j","JobQueue":"q","JobDefinition":"d"}}{},)"
                                         R"("End":true}}}}}})",
                                         GetParam().fields));
  }

  void end_containers(int exit_code) {
    for (const std::string& name : containers_.running()) containers_.finish(name, exit_code);
  }
  // A container's life is five seconds, but for what is stopped.
  void second() {
    pass(std::chrono::seconds(1));
    if (GetParam().exit_code < 0) return;
    for (const std::string& name : containers_.running()) {
      const bool over = containers_.boxes.at(name).end.started + std::chrono::seconds(5) <= clock_.now();
      if (over) containers_.finish(name, GetParam().exit_code);
    }
  }
  void run() {
    for (int seconds = 0; seconds < 60; ++seconds) second();
  }
  void run_until_the_store_fails() {
    start_execution("parent", "p");
    for (int seconds = 0; seconds < 60 && !store_->has_failed(); ++seconds) second();
  }
  void start_if_it_is_not_there() {
    if (status("parent", "p") == "none") start_execution("parent", "p");
  }

  std::string jobs_with(const std::string& job_status) {
    return member(batch_call("ListJobs", fmt::format(R"({{"jobQueue":"q","jobStatus":"{}"}})", job_status)),
                  "jobSummaryList");
  }
  void expect_the_outcome() {
    EXPECT_EQ(status("parent", "p"), GetParam().parent_status);
    EXPECT_EQ(containers_.begun.size(), 1U);
    for (const std::string one : {"SUBMITTED", "RUNNABLE", "STARTING", "RUNNING", "SUCCEEDED", "FAILED"}) {
      if (one != GetParam().job_status) EXPECT_EQ(jobs_with(one), "[]") << one;
    }
    EXPECT_NE(jobs_with(GetParam().job_status), "[]");
    EXPECT_EQ(history("parent", "p"), GetParam().history);
    EXPECT_EQ(rows(store::Table::nested_execution), 0U);
    EXPECT_EQ(rows(store::Table::pending_effect), 0U);
    EXPECT_EQ(rows(store::Table::timer), 0U);
    EXPECT_TRUE(containers_.boxes.empty());
  }
  std::size_t commits_of_a_run() {
    create_all();
    store_->fail_at(1'000'000, Failure::lost);
    start_execution("parent", "p");
    run();
    expect_the_outcome();
    return store_->commits();
  }
  void begin_anew() {
    shut_down();
    end_containers(0);
    containers_.boxes.clear();
    forget_everything();
    create_all();
  }

  containers::FakeContainers containers_{clock_};
};

TEST_P(SyncTest, EveryCommitMayBeTheLast) {
  const std::size_t commits = commits_of_a_run();
  ASSERT_GE(commits, 6U);
  for (const Failure failure : {Failure::lost, Failure::silent}) {
    for (std::size_t at = 0; at < commits; ++at) {
      SCOPED_TRACE(fmt::format("commit {}, {}", at, failure == Failure::lost ? "lost" : "silent"));
      begin_anew();
      store_->fail_at(at, failure);
      run_until_the_store_fails();
      restart();
      start_if_it_is_not_there();
      run();
      expect_the_outcome();
    }
  }
}

TEST_P(SyncTest, OneCommitMayBeRefused) {
  const std::size_t commits = commits_of_a_run();
  for (std::size_t at = 0; at < commits; ++at) {
    SCOPED_TRACE(fmt::format("commit {}", at));
    begin_anew();
    store_->fail_at(at, Failure::hiccup);
    run_until_the_store_fails();
    start_if_it_is_not_there();
    run();
    expect_the_outcome();
  }
}

constexpr auto begin = "ExecutionStarted<0\nTaskStateEntered<0\nTaskScheduled<2\nTaskStarted<3\nTaskSubmitted<4\n";

INSTANTIATE_TEST_SUITE_P(Sync, SyncTest,
                         testing::Values(Case{"succeeding", 0, "", "SUCCEEDED", "SUCCEEDED",
                                              std::string(begin) +
                                                  "TaskSucceeded<5\nTaskStateExited<6\nExecutionSucceeded<7\n"},
                                         Case{"failing", 3, "", "FAILED", "FAILED",
                                              std::string(begin) + "TaskFailed<5\nExecutionFailed<6\n"},
                                         Case{"timing_out", -1, R"(,"TimeoutSeconds":5)", "FAILED", "FAILED",
                                              std::string(begin) + "TaskTimedOut<5\nExecutionFailed<6\n"}),
                         [](const auto& info) { return info.param.name; });

class BatchTaskTest : public SyncTest {};

TEST_P(BatchTaskTest, WhatTheTaskIsTold) {
  create_all();
  start_execution("parent", "p");
  pass(std::chrono::seconds(1));
  ASSERT_EQ(containers_.begun.size(), 1U);
  const auto& environment = containers_.boxes.begin()->second.spec.environment;
  EXPECT_NE(std::ranges::find(environment,
                              std::pair<std::string, std::string>("MANAGED_BY_AWS", "STARTED_BY_STEP_FUNCTIONS")),
            environment.end());
  const std::string submitted = details("parent", "p", "TaskSubmitted");
  EXPECT_EQ(member(submitted, "resourceType"), "batch");
  EXPECT_EQ(member(submitted, "resource"), "submitJob.sync");
  const std::string answer = member(submitted, "output");
  EXPECT_EQ(member(answer, "JobName"), "j");
  EXPECT_EQ(member(answer, "SdkHttpMetadata.HttpStatusCode"), "200");
  end_containers(GetParam().exit_code);
  pass(std::chrono::seconds(1));
  const std::string described = describe("parent", "p");
  const bool good = GetParam().exit_code == 0;
  const std::string job = member(described, good ? "output" : "cause");
  EXPECT_EQ(member(job, "JobId"), member(answer, "JobId"));
  EXPECT_EQ(member(job, "Status"), good ? "SUCCEEDED" : "FAILED");
  EXPECT_EQ(member(job, "Container.ExitCode"), std::to_string(GetParam().exit_code));
  if (!good) EXPECT_EQ(member(described, "error"), "States.TaskFailed");
}

TEST_P(BatchTaskTest, AStoppedExecutionTerminatesItsJob) {
  create_all();
  start_execution("parent", "p");
  pass(std::chrono::seconds(1));
  call("StopExecution", fmt::format(R"({{"executionArn":"{}"}})", execution_arn("parent", "p")));
  pass(std::chrono::seconds(1));
  EXPECT_TRUE(containers_.running().empty());
  const std::string jobs = jobs_with("FAILED");
  EXPECT_NE(jobs.find("which was managing this resource was aborted"), std::string::npos) << jobs;
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

TEST_P(BatchTaskTest, ARefusalIsTheTasksFailure) {
  create_all();
  batch_call("UpdateJobQueue", R"({"jobQueue":"q","state":"DISABLED"})");
  start_execution("parent", "p");
  pass(std::chrono::seconds(1));
  const std::string described = describe("parent", "p");
  EXPECT_EQ(member(described, "error"), "Batch.ClientException");
  EXPECT_TRUE(member(described, "cause")
                  .starts_with("JobQueue q is not in ENABLED state. (Service: AWSBatch; Status "
                               "Code: 400; Error Code: ClientException; Request ID: "));
}

INSTANTIATE_TEST_SUITE_P(Batch, BatchTaskTest,
                         testing::Values(Case{"good", 0, "", "", "", ""}, Case{"bad", 1, "", "", "", ""}),
                         [](const auto& info) { return info.param.name; });

}  // namespace
}  // namespace stepwell::states
