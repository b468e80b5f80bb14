#include "services/deliveries/retries.h"
#include "world.h"

#include <algorithm>

// Who waits for a commit when the process dies is never resumed.
extern "C" const char* __lsan_default_suppressions() { return "leak:stepwell::deliveries::Deliveries::State"; }

namespace stepwell::deliveries {
namespace {

constexpr Duration second{1'000};
constexpr Retries three_times{
    .growing = 3, .shortest = second, .longest = 4 * second, .growth = Retries::Growth::exponential};

Error unavailable() { return {.fault = Fault::server, .code = "ServiceException", .message = "not now"}; }

TEST_F(DeliveriesTest, WhatCanBeFoldedIsPartOfTheCommit) {
  store::Batch batch;
  ASSERT_TRUE(deliveries_->add(to_queue("q", "one"), batch));
  EXPECT_EQ(messages("q"), "");
  store_.commit(std::move(batch), [](const Result<void>&) {});
  EXPECT_EQ(messages("q"), "[one]");
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, ABatchThatNobodyCommitsDeliversNothing) {
  {
    store::Batch batch;
    ASSERT_TRUE(deliveries_->add(to_queue("q", "one"), batch));
    ASSERT_TRUE(deliveries_->add(to_function("f", "two"), batch));
  }
  scheduler_.run();
  EXPECT_EQ(messages("q"), "");
  EXPECT_TRUE(functions_->invocations.empty());
  EXPECT_EQ(deliveries_->targets(), 0U);
}

TEST_F(DeliveriesTest, WhatCannotBeFoldedIsSentWhenItIsDurable) {
  store::Batch batch;
  ASSERT_TRUE(deliveries_->add(to_function("f", "event"), batch));
  scheduler_.run();
  EXPECT_TRUE(functions_->invocations.empty());
  store_.commit(std::move(batch), [](const Result<void>&) {});
  scheduler_.run();
  ASSERT_EQ(functions_->invocations.size(), 1U);
  EXPECT_EQ(functions_->invocations[0].function, "f");
  EXPECT_EQ(functions_->invocations[0].payload, "event");
  EXPECT_EQ(waiting_rows(), 0U);
  EXPECT_EQ(deliveries_->targets(), 0U);
}

TEST_F(DeliveriesTest, AnAttemptThatFailsIsMadeAgainByThePolicyWithTheSameId) {
  int failures = 2;
  functions_->answer = [&](const auto&) { return failures-- > 0 ? fail(unavailable()) : Result<void>(); };
  const Timestamp begin = clock_.now();
  commit(to_function("f", "event", three_times));
  pass(60 * second);
  const auto& made = functions_->invocations;
  ASSERT_EQ(made.size(), 3U);
  EXPECT_EQ(made[0].at, begin);
  EXPECT_EQ(made[1].at, begin + second);
  EXPECT_EQ(made[2].at, begin + 3 * second);
  EXPECT_EQ(made[0].request_id, made[2].request_id);
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, WhenAttemptsAreUsedUpTheDeadLetterTellsWhy) {
  functions_->answer = [](const auto&) { return fail(unavailable()); };
  commit(with_dead_letters(to_function("f", "event", three_times), true));
  pass(60 * second);
  EXPECT_EQ(functions_->invocations.size(), 4U);
  EXPECT_EQ(messages("dead"),
            "[lost RULE_ARN=rule ERROR_CODE=ERROR_FROM_TARGET ERROR_MESSAGE=not now RETRY_ATTEMPTS=3 "
            "EXHAUSTED_RETRY_CONDITION=MaximumRetryAttempts]");
  EXPECT_EQ(waiting_rows(), 0U);
  EXPECT_TRUE(log_.lines.empty());
}

TEST_F(DeliveriesTest, WhatIsTooOldIsGivenUp) {
  functions_->answer = [](const auto&) { return fail(unavailable()); };
  Retries retries = event_retries(185, 100 * second);
  commit(with_dead_letters(to_function("f", "event", retries), true));
  pass(200 * second);
  EXPECT_LT(functions_->invocations.size(), 10U);
  EXPECT_NE(messages("dead").find("EXHAUSTED_RETRY_CONDITION=MaximumEventAgeInSeconds"), std::string::npos);
}

TEST_F(DeliveriesTest, TheClientsFaultIsNotTriedAgainButThrottlingIs) {
  functions_->answer = [](const auto& made) {
    return made.function == "gone" ? fail(Error{.code = "ResourceNotFoundException", .message = "no"})
                                   : fail(Error{.code = "TooManyRequestsException", .message = "slow"});
  };
  commit(with_dead_letters(to_function("gone", "event", three_times), true));
  EXPECT_EQ(functions_->invocations.size(), 1U);
  EXPECT_EQ(messages("dead"), "[lost RULE_ARN=rule ERROR_CODE=NO_RESOURCE ERROR_MESSAGE=no RETRY_ATTEMPTS=0]");
  commit(to_function("busy", "event", three_times));
  pass(60 * second);
  EXPECT_EQ(functions_->invocations.size(), 5U);
}

TEST_F(DeliveriesTest, WhatATargetRefusesAtOnceIsADeadLetterOfTheSameCommit) {
  store::Batch batch;
  ASSERT_TRUE(deliveries_->add(with_dead_letters(to_queue("missing", "one")), batch));
  ASSERT_TRUE(deliveries_->add(to_queue("missing", "two"), batch));
  store_.commit(std::move(batch), [](const Result<void>&) {});
  EXPECT_EQ(messages("dead"), "[lost RULE_ARN=rule]");
  ASSERT_EQ(log_.lines.size(), 1U);
  EXPECT_EQ(log_.lines[0],
            "A delivery of subscription to arn:aws:sqs:us-east-1:123456789012:missing is given up: There is no such "
            "queue.");
}

TEST_F(DeliveriesTest, AFoldThatMaySucceedLaterIsARow) {
  commit(with_dead_letters(to_queue("broken", "one")));
  pass(second);
  EXPECT_EQ(messages("dead"), "[lost RULE_ARN=rule]");
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, ADeadLetterWithoutAQueueIsDroppedWithALine) {
  functions_->answer = [](const auto&) { return fail(Error{.code = "InvalidRequest", .message = "bad"}); };
  commit(with_dead_letters(to_function("f", "event"), false, "missing"));
  EXPECT_EQ(waiting_rows(), 0U);
  ASSERT_EQ(log_.lines.size(), 1U);
  EXPECT_TRUE(log_.lines[0].contains("missing"));
}

TEST_F(DeliveriesTest, RequestsAreSentAsTheyAre) {
  commit(to_url("http://there/hook"));
  ASSERT_EQ(endpoints_.calls.size(), 1U);
  const http::Call& call = endpoints_.calls[0];
  EXPECT_EQ(call.url, "http://there/hook");
  EXPECT_EQ(call.request.method, "POST");
  EXPECT_EQ(call.request.headers.get("x-test"), "1");
  EXPECT_EQ(call.request.body, "hello");
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, TheStatusOfAnAnswerSaysWhetherTheRequestIsMadeAgain) {
  const auto calls_with = [this](int status) {
    endpoints_.calls.clear();
    endpoints_.answer = [status](const auto&) { return http::Response{.status = status}; };
    commit(to_url("http://there/", three_times));
    pass(60 * second);
    return endpoints_.calls.size();
  };
  EXPECT_EQ(calls_with(204), 1U);
  EXPECT_EQ(calls_with(301), 1U);
  EXPECT_EQ(calls_with(404), 1U);
  EXPECT_EQ(calls_with(409), 4U);
  EXPECT_EQ(calls_with(429), 4U);
  EXPECT_EQ(calls_with(503), 4U);
}

class TestConnections final : public Connections {
 public:
  Task<Result<http::Call>> authorize(std::string arn, http::Call call) override {
    call.request.headers.add("Authorization", std::move(arn));
    co_return call;
  }
};

TEST_F(DeliveriesTest, ConnectionsPutAuthorizationInWhenARequestIsSent) {
  Delivery delivery = to_url("http://there/");
  std::get<HttpRequest>(delivery.what).connection_arn = "connection";
  commit(with_dead_letters(delivery));
  EXPECT_TRUE(endpoints_.calls.empty());
  EXPECT_EQ(messages("dead"), "[lost RULE_ARN=rule]");
  TestConnections connections;
  deliveries_->use(connections);
  commit(delivery);
  ASSERT_EQ(endpoints_.calls.size(), 1U);
  EXPECT_EQ(endpoints_.calls[0].request.headers.get("authorization"), "connection");
}

TEST_F(DeliveriesTest, RowsOfATargetThatHangsHoldUpNobodyElse) {
  functions_->hangs = [](const auto& made) { return made.function == "slow"; };
  for (int i = 0; i < 300; ++i) commit(to_function("slow", fmt::format("{}", i)));
  EXPECT_EQ(functions_->under_way, limits_.running_each);
  for (int i = 0; i < 3; ++i) commit(to_function("quick", "event"));
  EXPECT_EQ(functions_->invocations.size(), limits_.running_each + 3);
  EXPECT_EQ(deliveries_->targets(), 1U);
  while (!functions_->waiting.empty()) {
    const Pending<bool> first = functions_->waiting.front();
    functions_->waiting.erase(functions_->waiting.begin());
    first.set(true);
    scheduler_.run();
  }
  EXPECT_EQ(functions_->invocations.size(), 303U);
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, TargetsTakeTurns) {
  limits_.running = 4;
  restart();
  functions_->hangs = [](const auto&) { return true; };
  store::Batch batch;
  for (int i = 0; i < 50; ++i) ASSERT_TRUE(deliveries_->add(to_function("many", "event"), batch));
  ASSERT_TRUE(deliveries_->add(to_function("one", "event"), batch));
  ASSERT_TRUE(deliveries_->add(to_function("two", "event"), batch));
  store_.commit(std::move(batch), [](const Result<void>&) {});
  scheduler_.run();
  EXPECT_EQ(functions_->under_way, 4U);
  std::string order;
  for (const auto& made : functions_->invocations) order += made.function + " ";
  EXPECT_EQ(order, "many one two many ");
}

TEST_F(DeliveriesTest, RowsOfATargetGoInTheirOrder) {
  limits_.running_each = 1;
  restart();
  store::Batch batch;
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(deliveries_->add(to_function("f", fmt::format("{:03}", i)), batch));
  store_.commit(std::move(batch), [](const Result<void>&) {});
  scheduler_.run();
  ASSERT_EQ(functions_->invocations.size(), 100U);
  EXPECT_TRUE(std::ranges::is_sorted(functions_->invocations, {}, &Functions::Invocation::payload));
}

TEST_F(DeliveriesTest, RowsGoOnAfterARestart) {
  functions_->answer = [](const auto&) { return fail(unavailable()); };
  commit(to_function("f", "event", three_times));
  pass(second);
  EXPECT_EQ(functions_->invocations.size(), 2U);
  functions_->answer = [](const auto&) { return Result<void>(); };
  restart();
  EXPECT_EQ(deliveries_->targets(), 1U);
  pass(second);
  EXPECT_EQ(functions_->invocations.size(), 2U);
  pass(second);
  EXPECT_EQ(functions_->invocations.size(), 3U);
  EXPECT_EQ(waiting_rows(), 0U);
}

TEST_F(DeliveriesTest, AnEarlierRowOvertakesALaterOneOfItsTarget) {
  functions_->answer = [](const auto& made) { return made.payload == "late" ? fail(unavailable()) : Result<void>(); };
  commit(to_function("f", "late", {.shortest_first = 9, .shortest = 100 * second}));
  pass(second);
  commit(to_function("f", "early"));
  EXPECT_EQ(functions_->invocations.back().payload, "early");
  clock_.set(clock_.now() - 50 * second);  // the clock is put back: a row before all that was read
  commit(to_function("f", "earlier"));
  EXPECT_EQ(functions_->invocations.back().payload, "earlier");
}

TEST_F(DeliveriesTest, AnOutcomeThatCannotBeRecordedIsTriedAgainLater) {
  functions_->hangs = [](const auto&) { return true; };
  commit(to_function("f", "event"));
  store_.refuses = true;
  functions_->waiting.front().set(true);
  scheduler_.run();
  EXPECT_EQ(waiting_rows(), 1U);
  store_.refuses = false;
  functions_->hangs = [](const auto&) { return false; };
  pass(10 * second);
  EXPECT_EQ(waiting_rows(), 0U);
  EXPECT_EQ(functions_->invocations.size(), 2U);
  EXPECT_EQ(deliveries_->targets(), 0U);
}

TEST_F(DeliveriesTest, ALargeBatchGetsRows) {
  store::Batch batch;
  batch.put(Table::log_event, "large", std::string(limits_.batch_bytes, 'x'));
  ASSERT_TRUE(deliveries_->add(to_queue("q", "one"), batch));
  store_.commit(std::move(batch), [](const Result<void>&) {});
  EXPECT_EQ(messages("q"), "");
  scheduler_.run();
  EXPECT_EQ(messages("q"), "[one]");
  EXPECT_EQ(waiting_rows(), 0U);
}

// Sends what it gets to `to`, as a bus or a topic does.
class Relay final : public directory::Service {
 public:
  explicit Relay(std::function<Result<void>(store::Batch&)> send) : send_(std::move(send)) {}
  const wire::ApiModel& model() const override { return *model_; }
  Task<Result<wire::Reply>> call(wire::Call& call) override { co_return fold(call, unused_); }
  Result<wire::Reply> fold(wire::Call&, store::Batch& batch) override {
    TRY(send_(batch));
    return wire::Reply{};
  }

 private:
  std::function<Result<void>(store::Batch&)> send_;
  store::Batch unused_;
  std::unique_ptr<const wire::ApiModel> model_ = wire::ApiModel::load_embedded(R"({
    "service": "relay", "protocol": "json", "targetPrefix": "R", "validationError": "V",
    "operations": {"Send": {"input": "Nothing", "errors": []}},
    "shapes": {"Nothing": {"type": "structure", "members": {}}}})");
};

class CirclesTest : public DeliveriesTest {
 protected:
  Delivery to_relay() {
    return {.what = ServiceCall{.service = "relay", .operation = "Send", .input = json::ObjectBuilder(arena_).build()},
            .sender = "events.amazonaws.com",
            .source_arn = "rule",
            .target = "relay"};
  }
};

TEST_F(CirclesTest, DeliveriesThatCauseOneAnotherEnd) {
  int sent = 0;
  directory_.add(std::make_unique<Relay>([&](store::Batch& batch) {
    ++sent;
    return deliveries_->add(with_dead_letters(to_relay()), batch);
  }));
  commit(to_relay());
  EXPECT_EQ(sent, 8);
  EXPECT_EQ(messages("dead"), "[lost RULE_ARN=rule]");
}

TEST_F(CirclesTest, ThroughRowsToo) {
  limits_.batch_bytes = 0;
  restart();
  int sent = 0;
  directory_.add(std::make_unique<Relay>([&](store::Batch& batch) {
    ++sent;
    return deliveries_->add(to_relay(), batch);
  }));
  commit(to_relay());
  pass(second);
  EXPECT_EQ(sent, 8);
  EXPECT_EQ(waiting_rows(), 0U);
}

// The process dies at every commit in turn; in the end each queue has its message once, each function its event.
TEST_F(DeliveriesTest, ACrashAnywhereLosesNothingAndDoublesNothingInQueues) {
  limits_.batch_bytes = 1;  // the first effect is folded, others go through rows
  bool survived = false;
  for (std::size_t commits = 0; !survived; ++commits) {
    ASSERT_LT(commits, 100U);
    SCOPED_TRACE(commits);
    const std::string name = fmt::format("q{}", commits);
    functions_->invocations.clear();
    functions_->answer = [](const auto& made) {
      return made.payload == "bad" ? fail(Error{.code = "InvalidRequest", .message = "bad"}) : Result<void>();
    };
    restart();
    store::Batch batch;
    ASSERT_TRUE(deliveries_->add(to_queue(name, "m"), batch));
    ASSERT_TRUE(deliveries_->add(to_function("f", "good"), batch));
    ASSERT_TRUE(deliveries_->add(with_dead_letters(to_function("g", "bad"), false, "dead" + name), batch));
    ASSERT_TRUE(deliveries_->add(to_queue(name + "r", "m"), batch));
    bool promised = false;
    store_.commits_left = commits;
    store_.commit(std::move(batch), [&](const Result<void>&) { promised = true; });
    scheduler_.run();
    survived = store_.commits_left > 0;
    store_.commits_left = std::numeric_limits<std::size_t>::max();
    restart();
    pass(second);
    EXPECT_EQ(messages(name), promised ? "[m]" : "");
    EXPECT_EQ(messages(name + "r"), promised ? "[m]" : "");
    EXPECT_EQ(messages("dead" + name), promised ? "[lost RULE_ARN=rule]" : "");
    EXPECT_EQ(std::ranges::any_of(functions_->invocations, [](const auto& made) { return made.payload == "good"; }),
              promised);
    EXPECT_EQ(waiting_rows(), 0U);
  }
}

}  // namespace
}  // namespace stepwell::deliveries
