#include "world.h"

#include <set>

namespace stepwell::batch {
namespace {

class JobsTest : public testing::Test, public World {};

TEST_F(JobsTest, AJobRunsToItsEnd) {
  make_queue();
  define();
  const std::string id = submit(R"(,"parameters":{"what":"hello"},"tags":{"a":"b"})");
  EXPECT_EQ(status(id), "RUNNING");
  EXPECT_EQ(of(id, "container.command"), R"(["echo","hello"])");
  EXPECT_EQ(of(id, "tags.a"), "b");
  finish(id, 0);
  EXPECT_EQ(status(id), "SUCCEEDED");
  EXPECT_EQ(of(id, "container.exitCode"), "0");
  EXPECT_EQ(of(id, "statusReason"), "Essential container in task exited");
  EXPECT_EQ(of(id, "attempts.0.container.exitCode"), "0");
  EXPECT_EQ(of(id, "attempts.0.statusReason"), "Essential container in task exited");
  EXPECT_EQ(of(id, "attempts.0.container.logStreamName"), of(id, "container.logStreamName"));
  EXPECT_TRUE(of(id, "container.logStreamName").starts_with("d/default/"));
  EXPECT_TRUE(containers_.boxes.empty());
}

TEST_F(JobsTest, TheContainerIsToldWhoItIs) {
  make_queue();
  define("d", "", R"(,"environment":[{"name":"A","value":"1"},{"name":"B","value":"2"}],"user":"nobody",
                      "readonlyRootFilesystem":true)");
  const std::string id = submit(R"(,"containerOverrides":{"environment":[{"name":"B","value":"3"}],"command":["run"],
                 "resourceRequirements":[{"type":"VCPU","value":"0.25"}]})");
  const containers::Spec& spec = containers_.boxes.at(box(id)).spec;
  const std::map<std::string, std::string> environment(spec.environment.begin(), spec.environment.end());
  const std::map<std::string, std::string> expected{{"A", "1"},
                                                    {"AWS_ACCESS_KEY_ID", "AK"},
                                                    {"AWS_BATCH_CE_NAME", "ce"},
                                                    {"AWS_BATCH_JOB_ATTEMPT", "1"},
                                                    {"AWS_BATCH_JOB_ID", id},
                                                    {"AWS_BATCH_JQ_NAME", "q"},
                                                    {"AWS_DEFAULT_REGION", "us-east-1"},
                                                    {"AWS_ENDPOINT_URL", "http://here"},
                                                    {"AWS_REGION", "us-east-1"},
                                                    {"AWS_SECRET_ACCESS_KEY", "SK"},
                                                    {"B", "3"}};
  EXPECT_EQ(environment, expected);
  EXPECT_EQ(spec.image, "busybox");
  EXPECT_EQ(spec.command, std::vector<std::string>{"run"});
  EXPECT_EQ(spec.user, "nobody");
  EXPECT_TRUE(spec.read_only_root);
  EXPECT_EQ(spec.memory_bytes, 128U << 20U);
  EXPECT_EQ(spec.cpus, 0.25);
}

TEST_F(JobsTest, AFailedAttemptIsRetriedAsTheStrategySays) {
  make_queue();
  define("d", R"(,"retryStrategy":{"attempts":3,"evaluateOnExit":[{"onExitCode":"7","action":"EXIT"},
                                                                  {"onExitCode":"1*","action":"RETRY"}]})");
  const std::string id = submit();
  finish(id, 12);
  EXPECT_EQ(status(id), "RUNNING");
  EXPECT_EQ(of(id, "attempts.0.container.exitCode"), "12");
  finish(id, 7, 2);
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(containers_.begun.size(), 2U);
  const std::string other = submit();
  for (int attempt = 1; attempt <= 3; ++attempt) finish(other, 1, attempt);
  EXPECT_EQ(status(other), "FAILED");
  EXPECT_EQ(containers_.begun.size(), 5U);
}

TEST_F(JobsTest, WhatDoesNotStartFailsWithItsReason) {
  make_queue();
  define();
  containers_.refusal = Error{.code = "ImageNotFound", .message = "no busybox", .detail = {}};
  const std::string id = submit();
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "statusReason"), "Task failed to start");
  EXPECT_EQ(of(id, "container.reason"), "CannotPullContainerError: no busybox");
  EXPECT_EQ(of(id, "container.exitCode"), "none");
  EXPECT_EQ(of(id, "attempts.0.startedAt"), "none");
}

TEST_F(JobsTest, RunningOutOfMemoryIsTold) {
  make_queue();
  define();
  const std::string id = submit();
  containers_.finish(box(id), 137, true);
  scheduler_.run();
  EXPECT_EQ(of(id, "container.reason"), "OutOfMemoryError: Container killed due to memory usage");
  EXPECT_EQ(of(id, "container.exitCode"), "137");
}

TEST_F(JobsTest, AnAttemptThatTakesTooLongIsStoppedAndNotRetried) {
  make_queue();
  define();
  const std::string id = submit(R"(,"timeout":{"attemptDurationSeconds":60},"retryStrategy":{"attempts":3})");
  pass(std::chrono::seconds(59));
  EXPECT_EQ(status(id), "RUNNING");
  pass(std::chrono::seconds(2));
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "statusReason"), "Job attempt duration exceeded timeout");
  EXPECT_EQ(containers_.begun.size(), 1U);
}

TEST_F(JobsTest, TerminatingStopsTheContainer) {
  make_queue();
  define();
  const std::string id = submit(R"(,"retryStrategy":{"attempts":3})");
  ask_batch("CancelJob", fmt::format(R"({{"jobId":"{}","reason":"no"}})", id));
  EXPECT_EQ(status(id), "RUNNING");
  ask_batch("TerminateJob", fmt::format(R"({{"jobId":"{}","reason":"enough"}})", id));
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "statusReason"), "enough");
  EXPECT_EQ(of(id, "isTerminated"), "true");
  EXPECT_EQ(containers_.begun.size(), 1U);
}

TEST_F(JobsTest, ThereIsRoomForAsManyAsTheEnvironmentSays) {
  make_queue(2);
  define();
  const std::string first = submit();
  const std::string second = submit();
  const std::string third = submit();
  EXPECT_EQ(status(second), "RUNNING");
  EXPECT_EQ(status(third), "RUNNABLE");
  EXPECT_EQ(listed(R"({"jobQueue":"q","jobStatus":"RUNNABLE"})"), 1U);
  finish(first, 0);
  EXPECT_EQ(status(third), "RUNNING");
  const std::string fourth = submit();
  ask_batch("CancelJob", fmt::format(R"({{"jobId":"{}","reason":"not needed"}})", fourth));
  EXPECT_EQ(of(fourth, "statusReason"), "not needed");
  EXPECT_EQ(of(fourth, "isCancelled"), "true");
  ask_batch("UpdateComputeEnvironment", R"({"computeEnvironment":"ce","computeResources":{"maxvCpus":4}})");
  EXPECT_EQ(status(submit()), "RUNNING");
}

TEST_F(JobsTest, QueuesOfHigherPriorityAreServedFirst) {
  make_queue(1);
  define();
  ask_batch("CreateJobQueue", R"({"jobQueueName":"urgent","priority":10,
                                 "computeEnvironmentOrder":[{"order":1,"computeEnvironment":"ce"}]})");
  const std::string first = submit();
  const std::string second = submit();
  const json::Value answer = ask_batch("SubmitJob", R"({"jobName":"j","jobQueue":"urgent","jobDefinition":"d"})");
  const std::string urgent(answer.find("jobId")->as_string());
  finish(first, 0);
  EXPECT_EQ(status(urgent), "RUNNING");
  EXPECT_EQ(status(second), "RUNNABLE");
}

TEST_F(JobsTest, OutputGoesToTheLogOnceAcrossACrash) {
  make_queue();
  define();
  const std::string id = submit();
  containers_.write(box(id), "one");
  containers_.write(box(id), "two");
  pass(std::chrono::seconds(1));
  crash();
  containers_.write(box(id), "three");
  pass(std::chrono::seconds(1));
  containers_.write(box(id), "four");
  finish(id, 0);
  const json::Value events = *must("FilterLogEvents", R"({"logGroupName":"/aws/batch/job"})", "logs").find("events");
  std::string text;
  for (const json::Value& event : events.elements()) text += std::string(event.find("message")->as_string()) + ' ';
  EXPECT_EQ(text, "one two three four ");
}

TEST_F(JobsTest, AnAttemptIsTakenUpAndNeverMadeTwice) {
  make_queue();
  define();
  const std::string id = submit();
  crash();
  EXPECT_EQ(status(id), "RUNNING");
  // It ends while the server is down.
  crash([&] { containers_.finish(box(id), 3); });
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "container.exitCode"), "3");
  EXPECT_EQ(containers_.begun.size(), 1U);
  EXPECT_TRUE(containers_.boxes.empty());
}

TEST_F(JobsTest, AContainerThatIsGoneIsTried) {
  make_queue();
  define();
  const std::string id = submit(R"(,"retryStrategy":{"attempts":2,
      "evaluateOnExit":[{"onStatusReason":"Host EC2*","action":"RETRY"},{"onReason":"*","action":"EXIT"}]})");
  containers_.lose(box(id));
  scheduler_.run();
  EXPECT_EQ(status(id), "RUNNING");
  EXPECT_EQ(containers_.begun.size(), 2U);
  finish(id, 1, 2);
  EXPECT_EQ(status(id), "FAILED");
}

TEST_F(JobsTest, ContainersOfNobodyAreTakenAway) {
  make_queue();
  define();
  const std::string id = submit();
  const containers::Spec spec = containers_.boxes.at(box(id)).spec;
  containers_.boxes["left"].spec = spec;
  containers_.boxes["somebody else's"].spec = {.name = "x"};
  crash();
  EXPECT_FALSE(containers_.boxes.contains("left"));
  EXPECT_TRUE(containers_.boxes.contains(box(id)));
  EXPECT_TRUE(containers_.boxes.contains("somebody else's"));
}

TEST_F(JobsTest, EveryStatusIsToldToEventBridge) {
  make_queue();
  define();
  rule("changes", R"("EventPattern":"{\"source\":[\"aws.batch\"],\"detail-type\":[\"Batch Job State Change\"]}")");
  const std::string id = submit();
  pass(std::chrono::seconds(1));
  crash();
  finish(id, 0);
  pass(std::chrono::seconds(5));
  const json::Value events = *must("FilterLogEvents", R"({"logGroupName":"changes"})", "logs").find("events");
  std::string statuses;
  for (const json::Value& event : events.elements()) {
    json::Arena arena;
    const auto text = json::parse(arena, event.find("message")->as_string());
    const json::Value detail = *text->find("detail");
    EXPECT_EQ(detail.find("jobId")->as_string(), id);
    EXPECT_EQ(text->find("resources")->elements()[0].as_string(), detail.find("jobArn")->as_string());
    statuses += std::string(detail.find("status")->as_string()) + ' ';
  }
  EXPECT_EQ(statuses, "SUBMITTED RUNNABLE STARTING RUNNING SUCCEEDED ");
}

TEST_F(JobsTest, EndedJobsAreForgottenAfterAWeek) {
  make_queue();
  define();
  const std::string id = submit();
  finish(id, 0);
  const std::string array = submit(R"(,"arrayProperties":{"size":3})");
  ask_batch("TerminateJob", fmt::format(R"({{"jobId":"{}","reason":"r"}})", array));
  pass(std::chrono::hours(7 * 24 - 1));
  EXPECT_EQ(status(id), "SUCCEEDED");
  pass(std::chrono::hours(2));
  EXPECT_EQ(status(id), "none");
  EXPECT_EQ(rows(store::Table::job), 0U);
  EXPECT_EQ(rows(store::Table::job_index), 1U);  // the name of the store
}

TEST_F(JobsTest, ADeletedQueueTerminatesItsJobs) {
  make_queue(1);
  define();
  const std::string running = submit();
  const std::string waiting = submit();
  const std::string array = submit(R"(,"arrayProperties":{"size":3})");
  EXPECT_EQ(refusal_of("DeleteJobQueue", R"({"jobQueue":"q"})"), "Cannot delete, resource must be in DISABLED state");
  ask_batch("UpdateJobQueue", R"({"jobQueue":"q","state":"DISABLED"})");
  EXPECT_EQ(refusal_of("SubmitJob", R"({"jobName":"j","jobQueue":"q","jobDefinition":"d"})"),
            "JobQueue q is not in ENABLED state.");
  ask_batch("DeleteJobQueue", R"({"jobQueue":"q"})");
  pass(std::chrono::seconds(1));
  for (const std::string& id : {running, waiting, array}) EXPECT_EQ(of(id, "statusReason"), "Job queue was deleted");
  EXPECT_EQ(ask_batch("DescribeJobQueues", R"({})").find("jobQueues")->size(), 0U);
}

}  // namespace
}  // namespace stepwell::batch
