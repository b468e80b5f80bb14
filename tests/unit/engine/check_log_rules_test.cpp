// Every rule of a log by itself (engine/check/log_rules.def) can fail.

#include "check_test.h"

namespace stepwell::engine::check {
namespace {

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

// A rule that is added needs a test here, and its name in this list.
TEST(LogRules, EachHasATestInWhichItFails) {
  const std::set<std::string_view> tested = {"attempts", "chain", "clock",    "early",  "ends",
                                             "forks",    "ids",   "payloads", "scopes", "visits"};
  const std::set<std::string_view> rules = {
#define RULE(name, demand) #name,
#include "engine/check/log_rules.def"
#undef RULE
  };
  EXPECT_EQ(rules, tested);
}

}  // namespace
}  // namespace stepwell::engine::check
