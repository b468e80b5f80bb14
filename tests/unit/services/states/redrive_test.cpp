// RedriveExecution when the store or the program fails in the middle of it.

#include "service_fixture.h"

namespace stepwell::states {
namespace {

constexpr auto waiting = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}})";

class RedriveDurabilityTest : public ServiceTest {
 protected:
  void stopped_execution() {
    create_machine("m", waiting);
    start_execution("m", "e");
    on_execution("StopExecution");
    ASSERT_EQ(status("m", "e"), "ABORTED");
  }
  std::string on_execution(const std::string& operation) {
    return call(operation, fmt::format(R"({{"executionArn":"{}"}})", execution_arn("m", "e")));
  }
};

TEST_F(RedriveDurabilityTest, WhatIsNotStoredHasNotHappened) {
  stopped_execution();
  store_->fail_at(0, FailingStore::Failure::hiccup);
  EXPECT_EQ(on_execution("RedriveExecution"), "StorageFull");
  EXPECT_EQ(status("m", "e"), "ABORTED");
  store_->heal();
  EXPECT_NE(member(on_execution("RedriveExecution"), "redriveDate"), "none");
  EXPECT_EQ(member(describe("m", "e"), "redriveCount"), "1");
  pass(std::chrono::seconds(51));
  EXPECT_EQ(status("m", "e"), "SUCCEEDED");
}

TEST_F(RedriveDurabilityTest, WhatIsStoredGoesOnThoughNobodyLearnedOfIt) {
  stopped_execution();
  store_->fail_at(0, FailingStore::Failure::silent);
  EXPECT_EQ(on_execution("RedriveExecution"), "StorageFull");
  restart();
  EXPECT_EQ(status("m", "e"), "RUNNING");
  EXPECT_EQ(on_execution("RedriveExecution"), "ExecutionNotRedrivable");
  pass(std::chrono::seconds(51));
  EXPECT_EQ(status("m", "e"), "SUCCEEDED");
}

// A parent that waits learns of the first end only: its task is over by the second.
TEST_F(RedriveDurabilityTest, TheParentIsNotTroubledByASecondEnd) {
  create_machine("m", waiting);
  create_machine("parent", fmt::format(R"({{"StartAt":"T","States":{{"T":{{"Type":"Task",)"
                                       R"("Resource":"arn:aws:states:::states:startExecution.sync",)"
                                       R"("Parameters":{{"StateMachineArn":"{}","Name":"e"}},"End":true}}}}}})",
                                       machine_arn("m")));
  start_execution("parent", "p");
  on_execution("StopExecution");
  ASSERT_EQ(status("parent", "p"), "FAILED");
  on_execution("RedriveExecution");
  EXPECT_EQ(status("m", "e"), "RUNNING");
  pass(std::chrono::seconds(51));
  EXPECT_EQ(status("m", "e"), "SUCCEEDED");
  EXPECT_EQ(status("parent", "p"), "FAILED");
  EXPECT_EQ(rows(store::Table::nested_execution), 0U);
}

}  // namespace
}  // namespace stepwell::states
