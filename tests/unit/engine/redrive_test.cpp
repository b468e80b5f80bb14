// Executions that go on after their end: what is run again and what is not, what the history says, and who may.

#include "engine/redrive.h"

#include "replay.h"

#include <algorithm>
#include <set>
#include <utility>

namespace stepwell::engine {
namespace {

using namespace std::chrono_literals;

// {"StartAt":"A","States":{"A":{"Type":"Task","Resource":<a Lambda function of that name>,…,"End":true}}}
std::string task_block(const std::string& name, const std::string& fields = {}) {
  return fmt::format(R"({{"StartAt":"{0}","States":{{"{0}":{{"Type":"Task",)"
                     R"("Resource":"arn:aws:lambda:us-east-1:123456789012:function:f",{1}"End":true}}}}}})",
                     name, fields);
}
std::string one_state(const std::string& state, const std::string& top = {}) {
  return fmt::format(R"({{"StartAt":"S","States":{{"S":{}}}{}}})", state, top);
}

class RedriveTest : public EngineTest {
 protected:
  Result<Timestamp> redrive(ExecutionId id, const std::string& token = {}) {
    std::optional<Result<Timestamp>> outcome;
    engine_->shard(id).redrive(id, token, [&](Result<Timestamp> result) { outcome = std::move(result); });
    scheduler_.run();
    EXPECT_TRUE(outcome.has_value());
    return outcome.value_or(fail(internal_error("no answer")));
  }
  void stop(ExecutionId id) {
    engine_->shard(id).stop(id, std::nullopt, std::nullopt, [](const Result<Timestamp>&) {});
    scheduler_.run();
  }
  // The names of the states whose tasks have been sent since `from`.
  std::vector<std::string> sent(std::size_t from) {
    std::vector<std::string> names;
    for (const RunTask& task : std::span(effects_.tasks).subspan(from)) names.push_back(task.state_name);
    return names;
  }
  TaskRef last_task() { return effects_.tasks.back().task; }
  void expect_refused(ExecutionId id, const std::string& why) {
    const auto refused = redrive(id);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, "ExecutionNotRedrivable");
    EXPECT_EQ(refused.error().message, why);
  }
};

TEST_F(RedriveTest, TheListsSayThatItHasBeenRedrivenToTheSameEnd) {
  const auto outcome = start(machine(one_state(R"({"Type":"Fail","Error":"E"})")));
  pass(60s);
  ASSERT_TRUE(redrive(outcome.id));
  ASSERT_EQ(status(outcome.id), Status::failed);
  const auto record = describe(outcome.id).record;
  const auto listed = Queries(store_).list(record.machine_arn, Status::failed, std::nullopt, 10);
  ASSERT_TRUE(listed && listed->size() == 1);
  EXPECT_EQ(listed->front().redrive_count, 1U);
  EXPECT_EQ(listed->front().stopped, record.stopped);
}

TEST_F(RedriveTest, TheFailedTaskIsTriedOnceMoreAndWhatCameBeforeIsNot) {
  const auto outcome =
      start(machine(R"({"StartAt":"A","States":{"A":{"Type":"Pass","Assign":{"v":7},"Result":{"n":1},"Next":"T"},
    "T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Parameters":{"in.$":"$",
      "v.$":"$v","count.$":"$$.Execution.RedriveCount"},"Next":"B"},
    "B":{"Type":"Pass","Parameters":{"v.$":"$v","out.$":"$"},"End":true}}})"));
  ASSERT_TRUE(fail_with(last_task(), "E"));
  ASSERT_EQ(status(outcome.id), Status::failed);
  restart();
  pass(60s);
  const auto redriven = redrive(outcome.id);
  ASSERT_TRUE(redriven) << redriven.error().message;
  EXPECT_EQ(*redriven, clock_.now());
  const auto running = describe(outcome.id).record;
  EXPECT_EQ(running.status, Status::running);
  EXPECT_FALSE(running.stopped || running.error || running.cause);
  EXPECT_EQ(running.redrive_count, 1U);
  EXPECT_EQ(running.redriven, clock_.now());
  expect_log_tells_all(store_, world_, outcome.id);
  ASSERT_EQ(effects_.tasks.size(), 2U);
  EXPECT_EQ(effects_.tasks[1].arguments, R"({"in":{"n":1},"v":7,"count":1})");
  EXPECT_FALSE(complete(effects_.tasks[0].task, "0"));
  restart();
  ASSERT_TRUE(complete(effects_.tasks[1].task, "2"));
  EXPECT_EQ(describe(outcome.id).output, R"({"v":7,"out":2})");
  EXPECT_EQ(history(outcome.id),
            "1 ExecutionStarted<0\n2 PassStateEntered<0\n3 PassStateExited<2\n4 TaskStateEntered<3\n"
            "5 LambdaFunctionScheduled<4\n6 LambdaFunctionStarted<5\n7 LambdaFunctionFailed<6\n8 ExecutionFailed<7\n"
            "9 ExecutionRedriven<8\n10 LambdaFunctionScheduled<4\n11 LambdaFunctionStarted<10\n"
            "12 LambdaFunctionSucceeded<11\n13 TaskStateExited<12\n14 PassStateEntered<13\n15 PassStateExited<14\n"
            "16 ExecutionSucceeded<15\n");
  EXPECT_EQ(rows(store::Table::scope) + rows(store::Table::timer) + rows(store::Table::pending_effect), 0U);
}

TEST_F(RedriveTest, OnlyTheBranchesThatAreNotDoneRunAgain) {
  const auto outcome = start(machine(one_state(fmt::format(R"({{"Type":"Parallel","Branches":[{},{},{}],"End":true}})",
                                                           task_block("A"), task_block("B"), task_block("C")))));
  ASSERT_TRUE(complete(effects_.tasks[2].task, R"("c")"));
  ASSERT_TRUE(fail_with(effects_.tasks[0].task, "E"));
  ASSERT_EQ(status(outcome.id), Status::failed);
  restart();
  ASSERT_TRUE(redrive(outcome.id));
  EXPECT_EQ(sent(3), (std::vector<std::string>{"A", "B"}));
  expect_log_tells_all(store_, world_, outcome.id);
  EXPECT_EQ(rows(store::Table::child_output), 1U);
  restart();
  ASSERT_TRUE(complete(effects_.tasks[4].task, R"("b")"));
  restart();
  ASSERT_TRUE(complete(effects_.tasks[3].task, R"("a")"));
  EXPECT_EQ(describe(outcome.id).output, R"(["a","b","c"])");
  EXPECT_EQ(rows(store::Table::child_output) + rows(store::Table::scope), 0U);
  const std::string events = history(outcome.id);
  // Each goes on at its own visit of its state, beside the fork that begins once more.
  EXPECT_NE(events.find("20 ExecutionRedriven<19\n21 ParallelStateStarted<2\n22 LambdaFunctionScheduled<4\n"
                        "23 LambdaFunctionStarted<22\n24 LambdaFunctionScheduled<7\n"),
            std::string::npos)
      << events;
}

TEST_F(RedriveTest, OnlyTheIterationsThatAreNotDoneRunAgain) {
  const auto outcome =
      start(machine(one_state(
                fmt::format(R"({{"Type":"Map","MaxConcurrency":2,"ItemProcessor":{},"End":true}})", task_block("T")))),
            "[1,2,3,4]");
  ASSERT_TRUE(complete(effects_.tasks[0].task, "10"));
  ASSERT_EQ(effects_.tasks.size(), 3U);
  ASSERT_TRUE(fail_with(effects_.tasks[1].task, "E"));
  ASSERT_TRUE(redrive(outcome.id));
  ASSERT_EQ(effects_.tasks.size(), 5U);
  EXPECT_EQ(effects_.tasks[3].arguments, "2");
  EXPECT_EQ(effects_.tasks[4].arguments, "3");
  expect_log_tells_all(store_, world_, outcome.id);
  ASSERT_TRUE(complete(effects_.tasks[3].task, "20"));
  restart();
  ASSERT_EQ(effects_.tasks.size(), 8U);  // the restart sends again what is under way
  EXPECT_EQ(effects_.tasks[5].arguments, "4");
  ASSERT_TRUE(complete(effects_.tasks[4].task, "30"));
  ASSERT_TRUE(complete(effects_.tasks[5].task, "40"));
  EXPECT_EQ(describe(outcome.id).output, "[10,20,30,40]");
  const std::string events = history(outcome.id);
  EXPECT_NE(events.find("ExecutionRedriven"), std::string::npos);
  EXPECT_NE(events.find("MapStateStarted<2\n", events.find("ExecutionRedriven")), std::string::npos) << events;
}

TEST_F(RedriveTest, ForksInsideForksGoOnWhereTheyWere) {
  const std::string inner =
      fmt::format(R"({{"StartAt":"P","States":{{"P":{{"Type":"Parallel","Branches":[{},{}],"End":true}}}}}})",
                  task_block("A"), task_block("B"));
  const auto outcome =
      start(machine(one_state(fmt::format(R"({{"Type":"Map","ItemProcessor":{},"End":true}})", inner))), "[1,2]");
  ASSERT_EQ(sent(0), (std::vector<std::string>{"A", "B", "A", "B"}));
  ASSERT_TRUE(complete(effects_.tasks[0].task, R"("a1")"));
  ASSERT_TRUE(complete(effects_.tasks[3].task, R"("b2")"));
  ASSERT_TRUE(fail_with(effects_.tasks[1].task, "E"));
  for (int again = 0; again < 2; ++again) {
    ASSERT_EQ(status(outcome.id), Status::failed);
    ASSERT_TRUE(redrive(outcome.id));
    expect_log_tells_all(store_, world_, outcome.id);
    ASSERT_EQ(sent(effects_.tasks.size() - 2), (std::vector<std::string>{"B", "A"}));
    if (again == 0) ASSERT_TRUE(fail_with(last_task(), "E"));
  }
  ASSERT_TRUE(complete(effects_.tasks[effects_.tasks.size() - 2].task, R"("b1")"));
  ASSERT_TRUE(complete(last_task(), R"("a2")"));
  EXPECT_EQ(describe(outcome.id).output, R"([["a1","b1"],["a2","b2"]])");
  EXPECT_EQ(describe(outcome.id).record.redrive_count, 2U);
}

TEST_F(RedriveTest, AForkThatFailedByItsResultRunsAgainAsAWhole) {
  const auto outcome = start(machine(one_state(
      fmt::format(R"({{"Type":"Parallel","Branches":[{},{}],"ResultSelector":{{"x.$":"$[0].missing"}},"End":true}})",
                  task_block("A"), task_block("B")))));
  ASSERT_TRUE(complete(effects_.tasks[0].task, "{}"));
  ASSERT_TRUE(complete(effects_.tasks[1].task, "{}"));
  ASSERT_EQ(status(outcome.id), Status::failed);
  ASSERT_TRUE(redrive(outcome.id));
  EXPECT_EQ(sent(2), (std::vector<std::string>{"A", "B"}));
  ASSERT_TRUE(complete(effects_.tasks[2].task, R"({"missing":1})"));
  ASSERT_TRUE(complete(effects_.tasks[3].task, "{}"));
  EXPECT_EQ(describe(outcome.id).output, R"({"x":1})");
}

// A branch whose failure was caught, aborted before it entered the state that the Catcher names.
TEST_F(RedriveTest, AScopeThatWasAboutToEnterAStateEntersIt) {
  const std::string failing = R"({"StartAt":"%","States":{"%":{"Type":"Fail"}}})";
  const auto named = [&](std::string name) {
    std::string text = failing;
    for (std::size_t at; (at = text.find('%')) != std::string::npos;) text.replace(at, 1, name);
    return text;
  };
  const std::string caught = fmt::format(
      R"({{"StartAt":"X","States":{{"X":{{"Type":"Parallel","Branches":[{}],"Catch":[{{"ErrorEquals":["States.ALL"],)"
      R"("Next":"N"}}],"End":true}},"N":{{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","End":true}}}}}})",
      named("F"));
  const std::string uncaught =
      fmt::format(R"({{"StartAt":"Y","States":{{"Y":{{"Type":"Parallel","Branches":[{}],"End":true}}}}}})", named("G"));
  const auto outcome = start(
      machine(one_state(fmt::format(R"({{"Type":"Parallel","Branches":[{},{}],"End":true}})", caught, uncaught))));
  ASSERT_EQ(status(outcome.id), Status::failed);
  ASSERT_TRUE(effects_.tasks.empty());
  ASSERT_TRUE(redrive(outcome.id));
  EXPECT_EQ(sent(0), (std::vector<std::string>{"N"}));
  EXPECT_EQ(status(outcome.id), Status::failed);  // the other branch fails again
}

TEST_F(RedriveTest, RetriesAreCountedAnew) {
  const auto outcome =
      start(machine(task_block("T", R"("Retry":[{"ErrorEquals":["E"],"MaxAttempts":1,"IntervalSeconds":1}],)")));
  for (int run = 0; run < 2; ++run) {
    ASSERT_TRUE(fail_with(last_task(), "E"));
    pass(2s);
    ASSERT_EQ(status(outcome.id), Status::running);
    ASSERT_TRUE(fail_with(last_task(), "E"));
    ASSERT_EQ(status(outcome.id), Status::failed);
    if (run == 0) ASSERT_TRUE(redrive(outcome.id));
  }
  EXPECT_EQ(effects_.tasks.size(), 4U);
}

TEST_F(RedriveTest, AStoppedExecutionWaitsOnceMore) {
  const auto outcome = start(machine(one_state(R"({"Type":"Wait","Seconds":100,"End":true})")));
  pass(50s);
  stop(outcome.id);
  ASSERT_EQ(status(outcome.id), Status::aborted);
  ASSERT_TRUE(redrive(outcome.id));
  restart();
  pass(99s);
  EXPECT_EQ(status(outcome.id), Status::running);
  pass(2s);
  EXPECT_EQ(status(outcome.id), Status::succeeded);
}

TEST_F(RedriveTest, TheTimeOfTheExecutionBeginsAnew) {
  const auto outcome =
      start(machine(one_state(R"({"Type":"Wait","Seconds":50,"End":true})", R"(,"TimeoutSeconds":40)")));
  pass(41s);
  ASSERT_EQ(status(outcome.id), Status::timed_out);
  pass(1000s);
  ASSERT_TRUE(redrive(outcome.id));
  EXPECT_EQ(describe(outcome.id).record.deadline, clock_.now() + 40s);
  restart();
  pass(39s);
  EXPECT_EQ(status(outcome.id), Status::running);
  pass(2s);
  const auto again = describe(outcome.id).record;
  EXPECT_EQ(again.status, Status::timed_out);
  EXPECT_EQ(again.stopped, *again.redriven + 40s);
  EXPECT_EQ(rows(store::Table::timer) + rows(store::Table::scope), 0U);
}

TEST_F(RedriveTest, AnActivityTaskIsQueuedOnceMore) {
  const auto outcome = start(machine(
      one_state(R"({"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:a","End":true})")));
  stop(outcome.id);
  EXPECT_EQ(rows(store::Table::activity_queue), 0U);
  ASSERT_TRUE(redrive(outcome.id));
  EXPECT_EQ(rows(store::Table::activity_queue), 1U);
  EXPECT_EQ(effects_.activities.size(), 2U);
}

TEST_F(RedriveTest, WhatRunsOrHasSucceededIsRefused) {
  const auto running = start(machine(one_state(R"({"Type":"Wait","Seconds":10,"End":true})")));
  expect_refused(running.id, "Execution is RUNNING and cannot be redriven");
  pass(11s);
  expect_refused(running.id, "Execution is SUCCEEDED and cannot be redriven");
}

TEST_F(RedriveTest, ItIsTooLateAfterFourteenDays) {
  const auto outcome = start(machine(one_state(R"({"Type":"Fail"})")));
  pass(std::chrono::days(14) + 1ms);
  expect_refused(outcome.id, "Execution redrivable period exceeded");
}

TEST(RedriveRefusal, KnowsTheLimits) {
  const Timestamp start{Duration{1'700'000'000'000}};
  RedriveFacts facts{.status = Status::aborted, .started = start, .stopped = start, .next_event = 24'999};
  EXPECT_EQ(redrive_refusal(facts, start + std::chrono::days(14)), std::nullopt);
  facts.next_event = 25'000;
  EXPECT_EQ(redrive_refusal(facts, start), "Execution history event limit exceeded");
  facts.next_event = 9;
  facts.stopped = start + std::chrono::days(366);
  EXPECT_EQ(redrive_refusal(facts, *facts.stopped), "Execution has exceeded the max execution time");
}

TEST_F(RedriveTest, ATokenRedrivesOnceWithinItsTime) {
  const auto outcome = start(machine(task_block("T")));
  ASSERT_TRUE(fail_with(last_task(), "E"));
  const auto first = redrive(outcome.id, "token");
  ASSERT_TRUE(first);
  ASSERT_TRUE(fail_with(last_task(), "E"));
  pass(60s);
  restart();
  EXPECT_EQ(redrive(outcome.id, "token"), first);
  EXPECT_EQ(status(outcome.id), Status::failed);
  pass(15min);
  const auto second = redrive(outcome.id, "token");
  ASSERT_TRUE(second);
  EXPECT_NE(second, first);
  EXPECT_EQ(describe(outcome.id).record.redrive_count, 2U);
}

TEST_F(RedriveTest, ListsShowItAsRunningAgain) {
  const auto revision = machine(task_block("T"));
  const auto outcome = start(revision);
  ASSERT_TRUE(fail_with(last_task(), "E"));
  ASSERT_TRUE(redrive(outcome.id));
  const auto list = [&](Status status) { return *Queries(store_).list(revision->machine_arn, status, {}, 10); };
  EXPECT_TRUE(list(Status::failed).empty());
  ASSERT_EQ(list(Status::running).size(), 1U);
  const ListEntry entry = list(Status::running).front();
  EXPECT_EQ(entry.redrive_count, 1U);
  EXPECT_EQ(entry.redriven, clock_.now());
  EXPECT_EQ(entry.stopped, std::nullopt);
}

TEST_F(RedriveTest, AWaitingStarterIsToldOfEachEnd) {
  const TaskRef parent{.execution = {.shard = 0, .serial = 1}, .scope = 0, .scheduled = 3};
  std::optional<ExecutionId> id;
  engine_->start({.revision = machine(task_block("T")),
                  .name = "child",
                  .input = "{}",
                  .trace_header = {},
                  .starter = Starter{.task = parent, .pattern = asl::Pattern::sync}},
                 [&](Result<StartOutcome> outcome) { id = outcome->id; });
  scheduler_.run();
  ASSERT_TRUE(fail_with(last_task(), "E"));
  ASSERT_TRUE(redrive(*id));
  ASSERT_TRUE(complete(last_task(), "1"));
  ASSERT_EQ(effects_.ended.size(), 2U);
  EXPECT_EQ(effects_.ended[1].status, Status::succeeded);
  EXPECT_EQ(effects_.ended[1].awaited_by.size(), 1U);
}

// Whatever fails, is stopped or crashes in between: nothing that has succeeded is run again, and in the end the output
// is that of a run without trouble.
class RedriveInTroubleTest : public RedriveTest, public testing::WithParamInterface<std::uint64_t> {
 protected:
  static std::string definition() {
    const std::string item = R"({"StartAt":"A","States":{"A":{"Type":"Task",
      "Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Assign":{"a.$":"$"},"Next":"B"},"B":{"Type":"Task",
      "Resource":"arn:aws:lambda:us-east-1:123456789012:function:f","Parameters":{"a.$":"$a","b.$":"$"},"End":true}}})";
    const std::string inner =
        fmt::format(R"({{"StartAt":"P","States":{{"P":{{"Type":"Parallel","Branches":[{},)"
                    R"({{"StartAt":"W","States":{{"W":{{"Type":"Wait","Seconds":5,"End":true}}}}}}],"End":true}}}}}})",
                    task_block("X", R"("Retry":[{"ErrorEquals":["E"],"MaxAttempts":1,"IntervalSeconds":1}],)"));
    return one_state(fmt::format(
        R"({{"Type":"Parallel","Branches":[{{"StartAt":"M","States":{{"M":{{"Type":"Map","MaxConcurrency":2,)"
        R"("ItemProcessor":{},"End":true}}}}}},{},{}],"End":true}})",
        item, inner, task_block("C")));
  }

  // Answers a task that has been sent and is not answered yet; false: there is none.
  bool answer_one(bool well) {
    const auto waiting = std::ranges::find_if(effects_.tasks, [this](const RunTask& task) {
      return !answered_.contains({task.task.scope, task.task.scheduled});
    });
    if (waiting == effects_.tasks.end()) return false;
    const RunTask task = *waiting;
    answered_.insert({task.task.scope, task.task.scheduled});
    const bool taken = (well ? complete(task.task, task.arguments) : fail_with(task.task, "E")).has_value();
    if (taken && well) ++done_;
    return true;
  }

  std::set<std::pair<ScopeId, EventId>> answered_;
  int done_ = 0;
};

TEST_P(RedriveInTroubleTest, EverythingIsDoneOnce) {
  SeededRandom chance(GetParam());
  const auto one_in = [&chance](std::uint64_t n) { return chance.next() % n == 0; };
  const auto outcome = start(machine(definition()), "[1,2,3,4,5]");
  for (int step = 0; status(outcome.id) != Status::succeeded; ++step) {
    ASSERT_LT(step, 2'000);
    if (status(outcome.id) != Status::running) {
      ASSERT_TRUE(redrive(outcome.id));
      expect_log_tells_all(store_, world_, outcome.id);
    }
    if (one_in(30)) stop(outcome.id);
    if (one_in(20)) restart();
    if (!answer_one(!one_in(6))) pass(3s);
  }
  EXPECT_EQ(done_, 5 * 2 + 2);
  EXPECT_EQ(describe(outcome.id).output, R"([[{"a":1,"b":1},{"a":2,"b":2},{"a":3,"b":3},{"a":4,"b":4},{"a":5,"b":5}],)"
                                         R"([[1,2,3,4,5],[1,2,3,4,5]],[1,2,3,4,5]])");
  EXPECT_EQ(rows(store::Table::scope) + rows(store::Table::timer) + rows(store::Table::pending_effect) +
                rows(store::Table::child_output),
            0U);
}

INSTANTIATE_TEST_SUITE_P(Redrive, RedriveInTroubleTest, testing::Range<std::uint64_t>(1, 101));

}  // namespace
}  // namespace stepwell::engine
