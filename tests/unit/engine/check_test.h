#pragma once
// Stores for the tests of the checker's rules: for each rule there is a history or a store, made by the engine and then
// damaged, in which that rule finds the damage. What the engine made is sound.

#include "engine/check/checker.h"
#include "engine/check/roles.h"
#include "engine/check/rows.h"
#include "harness.h"

#include <algorithm>
#include <set>

namespace stepwell::engine::check {

// Tasks of every kind, a retry, a wait, a Map that opens one child after the other, a nested execution.
inline constexpr auto definition = R"({"TimeoutSeconds":1000,"StartAt":"A","States":{"A":{"Type":"Pass","Next":"P"},
  "P":{"Type":"Parallel","Branches":[
    {"StartAt":"T","States":{"T":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:a",
      "TimeoutSeconds":100,"Retry":[{"ErrorEquals":["States.ALL"],"IntervalSeconds":3}],"End":true}}},
    {"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":50,"End":true}}},
    {"StartAt":"Q","States":{"Q":{"Type":"Task","Resource":"arn:aws:states:us-east-1:123456789012:activity:q",
      "TimeoutSeconds":60,"HeartbeatSeconds":20,"End":true}}},
    {"StartAt":"N","States":{"N":{"Type":"Task","Resource":"arn:aws:states:::states:startExecution.sync",
      "Parameters":{},"End":true}}},
    {"StartAt":"M","States":{"M":{"Type":"Map","ItemsPath":"$.items","MaxConcurrency":1,"ItemProcessor":{"StartAt":"X",
      "States":{"X":{"Type":"Task","Resource":"arn:aws:lambda:us-east-1:123456789012:function:x","End":true}}},"End":true}}}],
    "End":true}}})";
inline constexpr auto child_definition = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":500,"End":true}}})";

class CheckTest : public EngineTest {
 protected:
  CheckTest() {
    id_ = start(machine(definition), R"({"items":[1,2,3]})", "checked").id;
    for (const RunTask& task : effects_.tasks) tasks_[task.state_name] = task.task;
  }

  // A running execution in which everything waits that can.
  void everything_waits() {
    EXPECT_TRUE(fail_with(tasks_["T"], "E"));
    pass(Duration{3'000});
    EXPECT_TRUE(complete(tasks_["X"], "1"));
    start_child();
  }
  void start_child() {
    engine_->start({.revision = machine(child_definition),
                    .name = "child",
                    .input = "{}",
                    .trace_header = {},
                    .starter = Starter{.task = tasks_["N"], .pattern = asl::Pattern::sync}},
                   [this](Result<StartOutcome> outcome) { child_ = outcome->id; });
    scheduler_.run();
    engine_->shard(id_).submit_task(tasks_["N"], "{}", [](Result<void>) {});
    scheduler_.run();
  }
  // The same to its end, with a hand-out, a heartbeat and a time-out on the way.
  void everything_ends() {
    everything_waits();
    const auto queue = rows(Table::activity_queue);
    const TaskRef task = *read_queue_key(queue.at(0).first);
    engine_->shard(id_).start_activity_task(task, "w", [](Result<std::string>) {});
    scheduler_.run();
    engine_->shard(id_).heartbeat(task, [](Result<void>) {});
    scheduler_.run();
    pass(Duration{10'000});
    EXPECT_TRUE(complete(task, "1"));
    EXPECT_TRUE(complete(tasks_["N"], "{}"));
    for (int i = 0; i < 2; ++i) EXPECT_TRUE(complete(effects_.tasks.back().task, "1"));
    pass(Duration{50'000});
    const auto retried = std::ranges::find_if(effects_.tasks, [this](const RunTask& sent) {
      return sent.state_name == "T" && sent.task.scheduled != tasks_["T"].scheduled;
    });
    EXPECT_TRUE(complete(retried->task, "1"));
  }

  std::vector<Row> rows(Table table, std::string_view prefix = {}) { return check::rows(store_, table, prefix); }

  std::set<std::string> broken_rules() {
    Checker checker(store_, world_);
    checker.check_all();
    return rules_of(checker.report());
  }
  static std::set<std::string> rules_of(const Report& report) {
    std::set<std::string> rules;
    for (const Finding& finding : report.findings()) rules.emplace(finding.rule);
    return rules;
  }

  void put(Table table, std::string_view key, std::string_view value) {
    store::Batch batch;
    batch.put(table, key, value);
    store_.commit(std::move(batch), [](Result<void>) {});
  }
  void erase(Table table, std::string_view key) {
    store::Batch batch;
    batch.erase(table, key);
    store_.commit(std::move(batch), [](Result<void>) {});
  }

  ExecutionId id_, child_;
  std::map<std::string, TaskRef> tasks_;
};

// Rows of a store that are damaged.
class TableTest : public CheckTest {
 protected:
  // Damages the first row of the table whose key begins so.
  void damage(Table table, std::string_view value) { put(table, rows(table).at(0).first, value); }
  void lose(Table table, std::size_t row = 0) { erase(table, rows(table).at(row).first); }
  void expect(const char* rule) { EXPECT_TRUE(broken_rules().contains(rule)) << rule; }
  void sound() { EXPECT_EQ(broken_rules(), std::set<std::string>()); }
  // A row that is there for an execution that is not.
  std::string elsewhere(std::string key) {
    key[9] = static_cast<char>(key[9] + 1);
    return key;
  }
  void SetUp() override {
    everything_waits();
    sound();
  }
};

}  // namespace stepwell::engine::check
