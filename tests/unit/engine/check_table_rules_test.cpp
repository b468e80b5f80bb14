// Every rule of an execution's rows (engine/check/table_rules.def) can fail, and so can reading them.

#include "check_test.h"

namespace stepwell::engine::check {
namespace {

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

// A rule that is added needs a test here, and its name in this list.
TEST(TableRules, EachHasATestInWhichItFails) {
  const std::set<std::string_view> tested = {"child_outputs", "effects",       "ended_rows", "lists",
                                             "names",         "nested",        "queues",     "readable",
                                             "records",       "scope_records", "timers"};
  const std::set<std::string_view> rules = {
      "readable",  // of all
#define RULE(name, demand) #name,
#include "engine/check/table_rules.def"
#undef RULE
  };
  EXPECT_EQ(rules, tested);
}

}  // namespace
}  // namespace stepwell::engine::check
