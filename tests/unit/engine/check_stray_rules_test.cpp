// Every rule of whole tables (engine/check/stray_rules.def) can fail.

#include "check_test.h"

namespace stepwell::engine::check {
namespace {

TEST_F(TableTest, StrayEnded) {
  put(Table::ended_execution, ended_key({.stopped = clock_.now(), .execution = id_}), {});
  expect("stray_ended");
}

TEST_F(TableTest, WhatIsBeingDeletedIsNoStray) {
  const auto events = rows(Table::event).at(0);
  const std::string gone = elsewhere(events.first);
  put(Table::event, gone, events.second);
  expect("stray_events");
  put(Table::ended_execution,
      ended_key({.stopped = clock_.now(), .execution = *read_execution_key(gone.substr(0, 10))}), {});
  sound();
}

TEST_F(TableTest, StrayRowsOfExecutionsThatAreNotThere) {
  const std::pair<Table, const char*> tables[] = {{Table::child_output, "stray_child_outputs"},
                                                  {Table::pending_effect, "stray_effects"},
                                                  {Table::event, "stray_events"},
                                                  {Table::scope, "stray_scopes"}};
  for (const auto& [table, rule] : tables) {
    const auto row = rows(table).at(0);
    put(table, elsewhere(row.first), row.second);
    expect(rule);
    erase(table, elsewhere(row.first));
  }
  sound();
}

TEST_F(TableTest, StrayTimers) {
  const auto timer = *read_timer_key(rows(Table::timer).at(0).first);
  TimerEntry other = timer;
  other.due += Duration{1};
  put(Table::timer, timer_key(other), {});
  expect("stray_timers");
}

TEST_F(TableTest, StrayQueues) {
  TaskRef other = *read_queue_key(rows(Table::activity_queue).at(0).first);
  ++other.scheduled;
  put(Table::activity_queue, queue_key("arn:aws:states:us-east-1:123456789012:activity:q", clock_.now(), other), {});
  expect("stray_queues");
}

TEST_F(TableTest, StrayLists) {
  const auto record = *read_record(store_, id_);
  put(Table::execution_list, list_key(record.machine_arn, Status::running, record.started, {.shard = 0, .serial = 7}),
      rows(Table::execution_list).at(0).second);
  expect("stray_lists");
}

TEST_F(TableTest, StrayNames) {
  put(Table::execution_name, name_key("machine", "other"), execution_key(id_));
  expect("stray_names");
}

TEST_F(TableTest, StrayNested) {
  TaskRef other = tasks_["N"];
  ++other.scheduled;
  for (const NestedRow row : {NestedRow::waiting, NestedRow::ended}) {
    put(Table::nested_execution, nested_key(row, other), nested_value(child_, asl::Pattern::sync));
    expect("stray_nested");
    erase(Table::nested_execution, nested_key(row, other));
  }
  put(Table::nested_execution, nested_key(NestedRow::work, other), work_value("batch", "arn"));
  expect("stray_nested");
  erase(Table::nested_execution, nested_key(NestedRow::work, other));
  put(Table::nested_execution, nested_key(NestedRow::cancelled, tasks_["N"]), {});
  expect("stray_nested");
}

TEST_F(TableTest, StrayExpress) {
  const std::string key = execution_key({.shard = 0, .serial = 7});
  put(Table::express_accepted, key, "?");
  expect("stray_express");
  put(Table::express_accepted, key,
      encode(AcceptedExpress{.machine_arn = "m",
                             .revision_id = "gone",
                             .name = "n",
                             .express_id = {},
                             .trace_header = {},
                             .input = "{}"}));
  expect("stray_express");
}

// A rule that is added needs a test here, and its name in this list.
TEST(StrayRules, EachHasATestInWhichItFails) {
  const std::set<std::string_view> tested = {"stray_child_outputs", "stray_effects", "stray_ended", "stray_events",
                                             "stray_express",       "stray_lists",   "stray_names", "stray_nested",
                                             "stray_queues",        "stray_scopes",  "stray_timers"};
  const std::set<std::string_view> rules = {
#define RULE(name, demand) #name,
#include "engine/check/stray_rules.def"
#undef RULE
  };
  EXPECT_EQ(rules, tested);
}

}  // namespace
}  // namespace stepwell::engine::check
