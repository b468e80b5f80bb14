// Every rule of the checker can fail: for each there is a history or a store, made by the engine and then damaged, in
// which that rule finds the damage. What the engine made is sound.

#include "engine/check/checker.h"
#include "engine/check/roles.h"
#include "engine/check/rows.h"
#include "harness.h"

#include <algorithm>
#include <set>

namespace stepwell::engine::check {
namespace {

// Tasks of every kind, a retry, a wait, a Map that opens one child after the other, a nested execution.
constexpr auto definition = R"({"TimeoutSeconds":1000,"StartAt":"A","States":{"A":{"Type":"Pass","Next":"P"},
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
constexpr auto child_definition = R"({"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":500,"End":true}}})";

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

// A history that is read once and damaged in memory.
class LogTest : public CheckTest {
 protected:
  void read() {
    events_.clear();
    const StoredPayloads payloads(store_);
    for (const auto& [key, value] : rows(Table::event, execution_key(id_))) {
      const auto some = decode_events(value, arena_, payloads_, id_);
      events_.insert(events_.end(), some.begin(), some.end());
    }
    EXPECT_EQ(broken(), std::set<std::string>());
  }
  std::set<std::string> broken() {
    Report report;
    check_log(events_, arena_, report);
    return rules_of(report);
  }
  Event& event(EventType type, std::size_t number = 0) {
    for (Event& event : events_) {
      if (event.type == type && number-- == 0) return event;
    }
    ADD_FAILURE() << "there is no such event";
    return events_.front();
  }
  std::size_t place(EventType type, std::size_t number = 0) {
    return static_cast<std::size_t>(&event(type, number) - events_.data());
  }
  void set(Event& event, const Field& changed) {
    const auto fields = arena_.make_array<Field>(event.fields.size());
    std::ranges::transform(event.fields, fields.begin(),
                           [&](const Field& field) { return field.tag == changed.tag ? changed : field; });
    event.fields = fields;
  }
  // Ids and places as if nothing had been put in or taken out; the chain is left as it is.
  void renumber() {
    Serial serial = 0;
    for (Event& event : events_) event.serial = ++serial;
  }
  // An event once more, right behind itself.
  void repeat(std::size_t place) {
    Event copy = events_[place];
    events_.insert(events_.begin() + static_cast<std::ptrdiff_t>(place) + 1, copy);
    renumber();
  }
  void remove(std::size_t place) {
    events_.erase(events_.begin() + static_cast<std::ptrdiff_t>(place));
    renumber();
  }

  json::Arena arena_;
  StoredPayloads payloads_{store_};
  std::vector<Event> events_;
};

using enum EventType;

TEST_F(LogTest, Attempts) {
  everything_ends();
  for (const EventType type :
       {LambdaFunctionScheduled, LambdaFunctionStarted, LambdaFunctionFailed, TaskSubmitted, ActivitySucceeded}) {
    read();
    repeat(place(type));
    EXPECT_TRUE(broken().contains("attempts")) << info(type).name;
  }
  for (const EventType type : {ActivityStarted, TaskStarted, LambdaFunctionScheduled}) {
    read();
    remove(place(type));
    EXPECT_TRUE(broken().contains("attempts")) << info(type).name;
  }
}

TEST_F(LogTest, Chain) {
  everything_ends();
  read();
  const std::size_t count = events_.size();
  // Whatever an event points at, pointing elsewhere is wrong.
  for (std::size_t i = 0; i < count; ++i) {
    read();
    if (events_[i].id == 0) continue;
    events_[i].previous = events_[i].previous == 0 ? 1 : events_[i].previous - 1;
    EXPECT_TRUE(broken().contains("chain")) << events_[i].id << ' ' << info(events_[i].type).name;
  }
}

TEST_F(LogTest, ChainOfWhatIsGivenUp) {
  everything_waits();
  for (int i = 0; i < 4; ++i) {
    const TaskRef task = effects_.tasks.back().task;
    if (!fail_with(task, "E")) break;
    pass(Duration{30'000});
  }
  ASSERT_EQ(status(id_), Status::failed);
  for (const EventType type :
       {WaitStateAborted, TaskStateAborted, MapIterationFailed, ParallelStateFailed, ExecutionFailed}) {
    read();
    event(type).previous = 3;
    EXPECT_TRUE(broken().contains("chain")) << info(type).name;
  }
}

TEST_F(LogTest, Clock) {
  everything_ends();
  read();
  events_.back().at -= Duration{3'600'000};
  EXPECT_TRUE(broken().contains("clock"));
}

TEST_F(LogTest, Early) {
  everything_ends();
  read();
  set(event(WaitStarted), {FieldTag::due, event(WaitStateExited).at.time_since_epoch().count() + 1});
  EXPECT_TRUE(broken().contains("early"));
  read();
  set(event(RetryScheduled), {FieldTag::due, event(LambdaFunctionScheduled, 2).at.time_since_epoch().count() + 1});
  EXPECT_TRUE(broken().contains("early"));
  read();
  set(event(ActivityStarted), {FieldTag::heartbeat_due, event(ActivityStarted).at.time_since_epoch().count() + 1});
  EXPECT_TRUE(broken().contains("early"));
}

TEST_F(LogTest, EarlyTimeOuts) {
  pass(Duration{1'100'000});
  read();
  event(LambdaFunctionTimedOut).at -= Duration{1};
  EXPECT_TRUE(broken().contains("early"));
  id_ = start(machine(R"({"TimeoutSeconds":7,"StartAt":"W","States":{"W":{"Type":"Wait","Seconds":100,"End":true}}})"))
            .id;
  pass(Duration{7'000});
  ASSERT_EQ(status(id_), Status::timed_out);
  read();
  events_.back().at -= Duration{1};
  EXPECT_TRUE(broken().contains("early"));
}

TEST_F(LogTest, Ends) {
  everything_ends();
  read();
  repeat(events_.size() - 1);
  EXPECT_TRUE(broken().contains("ends"));
  read();
  std::swap(events_[events_.size() - 1], events_[events_.size() - 2]);
  EXPECT_TRUE(broken().contains("ends"));
  read();
  repeat(0);
  EXPECT_TRUE(broken().contains("ends"));
  read();
  remove(0);
  EXPECT_TRUE(broken().contains("ends"));
}

TEST_F(LogTest, Forks) {
  everything_ends();
  read();
  set(event(MapStateStarted), {FieldTag::length, 4});  // one that never ran
  EXPECT_TRUE(broken().contains("forks"));
  read();
  set(event(ParallelStateStarted), {FieldTag::concurrency, 2});
  EXPECT_TRUE(broken().contains("forks"));
  for (const EventType type : {MapIterationStarted, MapIterationSucceeded}) {
    read();
    repeat(place(type));
    EXPECT_TRUE(broken().contains("forks")) << info(type).name;
  }
  read();
  remove(place(ScopeClosed, 1));
  EXPECT_TRUE(broken().contains("forks"));
}

TEST_F(LogTest, Ids) {
  everything_ends();
  read();
  event(PassStateExited).id += 1;
  EXPECT_TRUE(broken().contains("ids"));
  read();
  events_.erase(events_.begin() + 5);
  EXPECT_TRUE(broken().contains("ids"));
}

TEST_F(LogTest, Payloads) {
  everything_ends();
  read();
  set(event(ParallelStateEntered), {FieldTag::input, Payload::of_text(arena_, "17")});
  EXPECT_TRUE(broken().contains("payloads"));
  read();
  set(event(ExecutionSucceeded), {FieldTag::output, Payload::of_text(arena_, "17")});
  EXPECT_TRUE(broken().contains("payloads"));
  read();
  set(event(ScopeClosed), {FieldTag::output, Payload::of_text(arena_, "17")});
  EXPECT_TRUE(broken().contains("payloads"));
}

TEST_F(LogTest, Scopes) {
  everything_ends();
  read();
  remove(place(ScopeOpened, 2));
  EXPECT_TRUE(broken().contains("scopes"));
  read();
  repeat(place(ScopeClosed));
  EXPECT_TRUE(broken().contains("scopes"));
  read();
  event(WaitStateExited).scope = 99;
  EXPECT_TRUE(broken().contains("scopes"));
}

TEST_F(LogTest, Visits) {
  everything_ends();
  for (const EventType type : {PassStateEntered, PassStateExited}) {
    read();
    repeat(place(type));
    EXPECT_TRUE(broken().contains("visits")) << info(type).name;
  }
  read();
  remove(place(ParallelStateExited));
  EXPECT_TRUE(broken().contains("visits"));
}

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

TEST_F(TableTest, ChildOutputs) {
  const auto outputs = rows(Table::child_output);
  ASSERT_EQ(outputs.size(), 1U);
  put(Table::child_output, outputs[0].first, encode(Home{.serial = 1, .tag = FieldTag::input}));
  expect("child_outputs");
  erase(Table::child_output, outputs[0].first);
  expect("child_outputs");
}

TEST_F(TableTest, ChildOutputsThatShouldNotBeThere) {
  const auto outputs = rows(Table::child_output);
  std::string other = outputs[0].first;
  ++other.back();
  put(Table::child_output, other, outputs[0].second);
  expect("child_outputs");
}

TEST_F(TableTest, Effects) {
  lose(Table::pending_effect);
  expect("effects");
}

TEST_F(TableTest, EndedRows) {
  engine_->shard(id_).stop(id_, std::nullopt, std::nullopt, [](Result<Timestamp>) {});
  scheduler_.run();
  lose(Table::ended_execution);
  expect("ended_rows");
}

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

TEST_F(TableTest, Lists) {
  const auto listed = rows(Table::execution_list);
  const auto record = *read_record(store_, id_);
  put(Table::execution_list, list_key(record.machine_arn, Status::failed, record.started, id_), listed[0].second);
  expect("lists");
  erase(Table::execution_list, list_key(record.machine_arn, Status::running, record.started, id_));
  expect("lists");
}

TEST_F(TableTest, Names) {
  lose(Table::execution_name);
  expect("names");
}

TEST_F(TableTest, Nested) {
  erase(Table::nested_execution, nested_key(NestedRow::waiting, tasks_["N"]));
  expect("nested");
}

TEST_F(TableTest, NestedThatWouldNotBeTold) {
  pass(Duration{500'000});
  if (status(id_) == Status::running) {
    erase(Table::nested_execution, nested_key(NestedRow::ended, tasks_["N"]));
    expect("nested");
  }
}

TEST_F(TableTest, Queues) {
  lose(Table::activity_queue);
  expect("queues");
}

TEST_F(TableTest, Records) {
  const auto record = read(store_, Table::execution, execution_key(id_));
  put(Table::execution, execution_key(id_), *read(store_, Table::execution, execution_key(child_)));
  expect("readable");  // of another machine
  const auto execution = load(store_, StoredPayloads(store_), world_, child_);
  ++execution->next_event;
  put(Table::execution, execution_key(child_), encode(*execution));
  expect("records");
  --execution->next_event;
  put(Table::execution, execution_key(child_), encode(*execution));
  put(Table::execution, execution_key(id_), *record);
  sound();
}

TEST_F(TableTest, ScopeRecords) {
  const auto scopes = rows(Table::scope, execution_key(id_));
  json::Arena arena;
  const StoredPayloads payloads(store_);
  const auto scope = decode_scope(scopes[1].second, arena, payloads, id_);
  ++scope->attempts;
  put(Table::scope, scopes[1].first, encode(*scope, arena));
  expect("scope_records");
  erase(Table::scope, scopes[1].first);
  expect("scope_records");
}

TEST_F(TableTest, Timers) {
  for (const auto& [key, value] : rows(Table::timer)) {
    erase(Table::timer, key);
    expect("timers");
    put(Table::timer, key, value);
  }
}

TEST_F(TableTest, Readable) {
  for (const Table table : {Table::execution, Table::event, Table::scope, Table::nested_execution}) {
    const auto row = rows(table).at(0);
    put(table, row.first, "?");
    expect("readable");
    put(table, row.first, row.second);
  }
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
TEST(CheckRules, EachHasATestInWhichItFails) {
  const std::set<std::string_view> tested = {
      "attempts",      "chain",        "clock",         "early",         "ends",        "forks",
      "ids",           "payloads",     "scopes",
      "visits",  // logs
      "child_outputs", "effects",      "ended_rows",    "lists",         "names",       "nested",
      "queues",        "records",      "scope_records", "timers",        "readable",    "stray_child_outputs",
      "stray_effects", "stray_ended",  "stray_events",  "stray_express", "stray_lists", "stray_names",
      "stray_nested",  "stray_queues", "stray_scopes",  "stray_timers"};
  std::set<std::string_view> rules;
  for (const RuleInfo& rule : all_rules()) rules.insert(rule.name);
  EXPECT_EQ(rules, tested);
}

}  // namespace
}  // namespace stepwell::engine::check
