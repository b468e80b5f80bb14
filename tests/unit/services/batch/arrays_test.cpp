#include "world.h"

namespace stepwell::batch {
namespace {

class ArraysTest : public testing::Test, public World {
 protected:
  void SetUp() override {
    make_queue();
    define();
  }
  std::string child(const std::string& id, int index) { return fmt::format("{}:{}", id, index); }
  std::string count(const std::string& id, const std::string& status) {
    return of(id, "arrayProperties.statusSummary." + status);
  }
};

TEST_F(ArraysTest, AnArrayEndsWithItsLastChild) {
  const std::string id = submit(R"(,"arrayProperties":{"size":3})");
  EXPECT_EQ(status(id), "PENDING");
  EXPECT_EQ(count(id, "RUNNING"), "3");
  EXPECT_EQ(of(child(id, 2), "arrayProperties.index"), "2");
  const auto& environment = containers_.boxes.at(box(child(id, 2))).spec.environment;
  EXPECT_NE(std::ranges::find(environment, std::pair<std::string, std::string>("AWS_BATCH_JOB_ARRAY_INDEX", "2")),
            environment.end());
  for (int index = 0; index < 2; ++index) finish(child(id, index), 0);
  EXPECT_EQ(status(id), "PENDING");
  EXPECT_EQ(count(id, "SUCCEEDED"), "2");
  finish(child(id, 2), 0);
  EXPECT_EQ(status(id), "SUCCEEDED");
  EXPECT_EQ(listed(fmt::format(R"({{"arrayJobId":"{}","jobStatus":"SUCCEEDED"}})", id)), 3U);
}

TEST_F(ArraysTest, AnArrayFailsWithAChildOfIts) {
  const std::string id = submit(R"(,"arrayProperties":{"size":2})");
  finish(child(id, 0), 1);
  EXPECT_EQ(status(id), "PENDING");
  finish(child(id, 1), 0);
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "statusReason"), "Array Child Job failed");
}

TEST_F(ArraysTest, ALargeArrayRunsAFewAtATimeAcrossCrashes) {
  limits_ = {.running = 4, .piece = 30};
  containers_.exit_at_once = 0;
  crash();
  const std::string id = submit(R"(,"arrayProperties":{"size":100})");
  crash();
  pass(std::chrono::seconds(5));
  EXPECT_EQ(status(id), "SUCCEEDED");
  EXPECT_EQ(count(id, "SUCCEEDED"), "100");
  EXPECT_EQ(containers_.begun.size(), 100U);
}

TEST_F(ArraysTest, ChildrenOneAfterTheOther) {
  const std::string id = submit(R"(,"arrayProperties":{"size":3},"dependsOn":[{"type":"SEQUENTIAL"}])");
  EXPECT_EQ(count(id, "RUNNING"), "1");
  EXPECT_EQ(count(id, "PENDING"), "2");
  finish(child(id, 0), 0);
  EXPECT_EQ(status(child(id, 1)), "RUNNING");
  finish(child(id, 1), 1);
  EXPECT_EQ(status(child(id, 2)), "FAILED");
  EXPECT_EQ(of(child(id, 2), "statusReason"), "Dependent Job failed");
  EXPECT_EQ(status(id), "FAILED");
}

TEST_F(ArraysTest, ChildWaitsForChild) {
  const std::string first = submit(R"(,"arrayProperties":{"size":2})");
  const std::string second =
      submit(fmt::format(R"(,"arrayProperties":{{"size":2}},"dependsOn":[{{"jobId":"{}","type":"N_TO_N"}}])", first));
  EXPECT_EQ(count(second, "PENDING"), "2");
  finish(child(first, 1), 0);
  EXPECT_EQ(status(child(second, 1)), "RUNNING");
  EXPECT_EQ(status(child(second, 0)), "PENDING");
  finish(child(first, 0), 4);
  EXPECT_EQ(status(child(second, 0)), "FAILED");
  finish(child(second, 1), 0);
  EXPECT_EQ(status(second), "FAILED");
}

TEST_F(ArraysTest, JobsWaitForJobs) {
  const std::string first = submit();
  const std::string array = submit(R"(,"arrayProperties":{"size":2})");
  const std::string last = submit(fmt::format(R"(,"dependsOn":[{{"jobId":"{}"}},{{"jobId":"{}"}}])", first, array));
  const std::string after =
      submit(fmt::format(R"(,"arrayProperties":{{"size":2}},"dependsOn":[{{"jobId":"{}"}}])", last));
  EXPECT_EQ(status(last), "PENDING");
  crash();
  finish(first, 0);
  finish(child(array, 0), 0);
  EXPECT_EQ(status(last), "PENDING");
  finish(child(array, 1), 0);
  EXPECT_EQ(status(last), "RUNNING");
  EXPECT_EQ(count(after, "RUNNING"), "0");
  finish(last, 0);
  EXPECT_EQ(count(after, "RUNNING"), "2");
}

TEST_F(ArraysTest, WhatWaitsForAFailedJobFails) {
  const std::string first = submit();
  const std::string array =
      submit(fmt::format(R"(,"arrayProperties":{{"size":2}},"dependsOn":[{{"jobId":"{}"}}])", first));
  const std::string last = submit(fmt::format(R"(,"dependsOn":[{{"jobId":"{}"}}])", array));
  finish(first, 1);
  for (const std::string& id : {array, last}) {
    EXPECT_EQ(status(id), "FAILED");
    EXPECT_EQ(of(id, "statusReason"), "Dependent Job failed");
  }
  EXPECT_EQ(of(submit(fmt::format(R"(,"dependsOn":[{{"jobId":"{}"}}])", first)), "statusReason"),
            "Dependent Job failed");
}

TEST_F(ArraysTest, TerminatingAnArrayEndsItsChildren) {
  limits_.running = 2;
  crash();
  const std::string id = submit(R"(,"arrayProperties":{"size":5})");
  EXPECT_EQ(count(id, "RUNNABLE"), "3");
  ask_batch("TerminateJob", fmt::format(R"({{"jobId":"{}","reason":"enough"}})", id));
  pass(std::chrono::seconds(1));
  EXPECT_EQ(status(id), "FAILED");
  EXPECT_EQ(of(id, "statusReason"), "enough");
  EXPECT_EQ(count(id, "FAILED"), "5");
  EXPECT_EQ(containers_.begun.size(), 2U);
}

TEST_F(ArraysTest, AContainerThatDoesNotStopIsStoppedAfterACrash) {
  const std::string id = submit(R"(,"arrayProperties":{"size":2})");
  containers_.stops = false;
  ask_batch("TerminateJob", fmt::format(R"({{"jobId":"{}","reason":"enough"}})", id));
  EXPECT_EQ(status(id), "PENDING");
  containers_.stops = true;
  crash();
  pass(std::chrono::seconds(1));
  EXPECT_EQ(status(id), "FAILED");
}

}  // namespace
}  // namespace stepwell::batch
