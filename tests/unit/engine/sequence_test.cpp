// States one after the other: one commit, the chain of events, names, Express.

#include "harness.h"

namespace stepwell::engine {
namespace {

constexpr auto two_passes =
    R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Result":[1],"End":true}}})";

TEST_F(EngineTest, RunsToTheEndInOneCommit) {
  const auto outcome = start(machine(two_passes), R"({"n": 1})");
  EXPECT_EQ(outcome.kind, StartOutcome::Kind::started);
  EXPECT_EQ(outcome.arn, "arn:aws:states:us-east-1:123456789012:execution:m:e");
  const ExecutionView view = describe(outcome.id);
  EXPECT_EQ(view.record.status, Status::succeeded);
  EXPECT_EQ(view.input, R"({"n": 1})");
  EXPECT_EQ(view.output, "[1]");
  EXPECT_EQ(
      history(outcome.id),
      "1 ExecutionStarted<0\n2 PassStateEntered<0\n3 PassStateExited<2\n4 PassStateEntered<3\n5 PassStateExited<4\n"
      "6 ExecutionSucceeded<5\n");
  // One record of events, and nothing left of what only runs.
  EXPECT_EQ(rows(store::Table::event), 1U);
  EXPECT_EQ(rows(store::Table::scope), 0U);
  EXPECT_EQ(rows(store::Table::timer), 0U);
  EXPECT_EQ(effects_.ended.size(), 1U);
  EXPECT_EQ(engine_->shard(outcome.id).executions_in_memory(), 0U);
}

TEST_F(EngineTest, AnUnchangedPayloadIsStoredOnce) {
  const std::string big = '"' + std::string(10'000, 'x') + '"';
  start(
      machine(
          R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Pass","Next":"C"},"C":{"Type":"Succeed"}}})"),
      big);
  const auto cursor = store_.scan(store::Table::event, {}, {}, store::Direction::forward);
  ASSERT_TRUE(cursor->valid());
  EXPECT_LT(cursor->value().size(), 11'000U);
}

TEST_F(EngineTest, AFailStateNamesItsErrorAndCause) {
  const auto outcome = start(machine(R"({"StartAt":"F","States":{"F":{"Type":"Fail","Error":"E","Cause":"C"}}})"));
  const ExecutionView view = describe(outcome.id);
  EXPECT_EQ(view.record.status, Status::failed);
  EXPECT_EQ(view.record.error, "E");
  EXPECT_EQ(view.record.cause, "C");
  EXPECT_EQ(history(outcome.id), "1 ExecutionStarted<0\n2 FailStateEntered<0\n3 ExecutionFailed<2\n");
}

TEST_F(EngineTest, ANameIsTakenOnceItsExecutionIsOver) {
  const auto quick = machine(two_passes);
  start(quick, "1");
  EXPECT_EQ(start(quick, "1").kind, StartOutcome::Kind::taken);
}

TEST_F(EngineTest, ARunningExecutionIsFoundAgainByNameAndInput) {
  const auto slow = machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}})");
  const auto first = start(slow, "1");
  const auto again = start(slow, "1");
  EXPECT_EQ(again.kind, StartOutcome::Kind::same);
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.started, first.started);
  EXPECT_EQ(start(slow, "2").kind, StartOutcome::Kind::taken);
  EXPECT_EQ(start(slow, "2", "other").kind, StartOutcome::Kind::started);
}

TEST_F(EngineTest, TheHistoryEndsAtItsLimit) {
  limits_.max_events = 100;
  restart();
  const auto outcome =
      start(machine(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"},"B":{"Type":"Choice","Choices":[
      {"Variable":"$.stop","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})"));
  const ExecutionView view = describe(outcome.id);
  EXPECT_EQ(view.record.status, Status::failed);
  EXPECT_EQ(view.record.error, "States.Runtime");
  EXPECT_EQ(view.record.cause, "The execution reached the maximum number of history events (100).");
  EXPECT_EQ(view.record.next_event, 101U);
}

TEST_F(EngineTest, AnOutputBeyondTheLimitFailsTheExecution) {
  limits_.max_payload_bytes = 100;
  restart();
  const auto outcome =
      start(machine(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"a.$":"$","b.$":"$"},"End":true}}})"),
            '"' + std::string(60, 'x') + '"');
  EXPECT_EQ(describe(outcome.id).record.error, "States.DataLimitExceeded");
}

TEST_F(EngineTest, ExpressLeavesNothingInTheStore) {
  const Finished finished = start_sync(machine(two_passes, asl::MachineType::express), "{}");
  EXPECT_EQ(finished.status, Status::succeeded);
  EXPECT_EQ(finished.output, "[1]");
  EXPECT_EQ(rows(store::Table::execution) + rows(store::Table::event) + rows(store::Table::express_accepted), 0U);
}

TEST_F(EngineTest, AnEndlessExpressExecutionTimesOut) {
  limits_.states_per_slice = 10;
  restart();
  const auto endless =
      machine(R"({"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"Next":"B"},"B":{"Type":"Choice","Choices":[
      {"Variable":"$.stop","IsPresent":true,"Next":"C"}],"Default":"A"},"C":{"Type":"Succeed"}}})",
              asl::MachineType::express);
  std::optional<Finished> finished;
  engine_->start_sync({.revision = endless, .name = "e", .input = "{}", .trace_header = {}, .unique_name = true},
                      [&](Result<Finished> result) { finished = std::move(*result); });
  pass(Duration{299'999});
  EXPECT_FALSE(finished.has_value());
  pass(Duration{1});
  ASSERT_TRUE(finished.has_value());
  EXPECT_EQ(finished->status, Status::timed_out);
}

TEST_F(EngineTest, ALongExpressExecutionRunsInSlices) {
  limits_.states_per_slice = 3;
  restart();
  const Finished finished =
      start_sync(machine(R"({"StartAt":"M","States":{"M":{"Type":"Map","ItemProcessor":{"StartAt":"T",
      "States":{"T":{"Type":"Pass","Next":"U"},"U":{"Type":"Pass","End":true}}},"End":true}}})",
                         asl::MachineType::express),
                 "[1,2,3,4]");
  EXPECT_EQ(finished.output, "[1,2,3,4]");
}

TEST_F(EngineTest, AnAcceptedExpressExecutionIsRunAgainAfterARestart) {
  const auto waiting =
      machine(R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":10,"End":true}}})", asl::MachineType::express);
  start(waiting);
  EXPECT_EQ(rows(store::Table::express_accepted), 1U);
  restart();
  pass(Duration{11'000});
  EXPECT_EQ(rows(store::Table::express_accepted), 0U);
  ASSERT_EQ(effects_.ended.size(), 1U);
  EXPECT_EQ(effects_.ended[0].status, Status::succeeded);
}

}  // namespace
}  // namespace stepwell::engine
