// Standard queues: visibility, delay, waiting, what survives.

#include "world.h"

namespace stepwell::sqs {
namespace {

class QueueTest : public QueueWorld {
 protected:
  QueueTest() { make("q"); }
};

TEST_F(QueueTest, SentReceivedDeleted) {
  const Sent sent = send("q", "a");
  const auto delivered = deliver("q");
  ASSERT_EQ(delivered.size(), 1U);
  EXPECT_EQ(delivered[0].message.id, sent.message_id);
  EXPECT_EQ(delivered[0].receives, 1U);
  EXPECT_EQ(counts("q"), "0 0 1");
  EXPECT_EQ(remove("q", delivered[0].receipt_handle), "");
  EXPECT_EQ(counts("q"), "0 0 0");
  EXPECT_EQ(rows(store::Table::message) + rows(store::Table::message_state), 0U);
}

TEST_F(QueueTest, IsGivenOutAgainWhenItsTimeIsOver) {
  send("q", "a");
  const auto first = deliver("q");
  EXPECT_EQ(receive("q"), "");
  pass(seconds(30));
  const auto second = deliver("q");
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(second[0].receives, 2U);
  EXPECT_EQ(second[0].first_received, first[0].first_received);
  // Only the latest receipt deletes.
  EXPECT_EQ(remove("q", first[0].receipt_handle), "");
  EXPECT_EQ(counts("q"), "0 0 1");
  EXPECT_EQ(remove("q", second[0].receipt_handle), "");
  EXPECT_EQ(counts("q"), "0 0 0");
}

TEST_F(QueueTest, WhatIsVisibleAgainCanStillBeDeleted) {
  send("q", "a");
  const auto delivered = deliver("q");
  pass(seconds(31));
  EXPECT_EQ(counts("q"), "1 0 0");
  EXPECT_EQ(remove("q", delivered[0].receipt_handle), "");
  EXPECT_EQ(counts("q"), "0 0 0");
  EXPECT_EQ(receive("q"), "");
}

TEST_F(QueueTest, VisibilityCanBeChanged) {
  send("q", "a");
  auto delivered = deliver("q");
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 100), "");
  pass(seconds(99));
  EXPECT_EQ(receive("q"), "");
  pass(seconds(1));
  delivered = deliver("q");
  ASSERT_EQ(delivered.size(), 1U);
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 0), "");
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 10), "MessageNotInflight");
  EXPECT_EQ(receive("q", 10, seconds(0)), "a");
  EXPECT_EQ(receive("q", 10, seconds(0)), "a");
}

TEST_F(QueueTest, TwelveHoursAreTheLongestFlight) {
  send("q", "a");
  const auto delivered = deliver("q", 1, seconds(43'200));
  pass(std::chrono::hours(6));
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 6 * 3'600 + 1), "InvalidParameterValueException");
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 6 * 3'600), "");
}

TEST_F(QueueTest, ADeletedMessageHasNoVisibility) {
  send("q", "a");
  const auto delivered = deliver("q");
  remove("q", delivered[0].receipt_handle);
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 10), "InvalidParameterValueException");
}

TEST_F(QueueTest, OneReceiveGivesNoMessageTwice) {
  send("q", "a");
  EXPECT_EQ(receive("q", 10, seconds(0)), "a");
}

TEST_F(QueueTest, DelayedMessagesComeWhenTheyAreDue) {
  send("q", "a", "", "", seconds(10));
  EXPECT_EQ(counts("q"), "0 1 0");
  EXPECT_EQ(receive("q"), "");
  pass(seconds(10));
  EXPECT_EQ(receive("q"), "a");
}

TEST_F(QueueTest, WaitersAreServedInTheirOrder) {
  std::string served;
  const auto wait_for = [&](std::string name) {
    start(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, seconds(20), {}),
          [&served, name, this](auto result, const std::exception_ptr&) {
            served += fmt::format("{}:{} ", name, bodies(**result));
          });
  };
  wait_for("x");
  wait_for("y");
  wait_for("z");
  scheduler_.run();
  EXPECT_EQ(served, "");
  send("q", "1");
  send("q", "2");
  EXPECT_EQ(served, "x:1 y:2 ");
  pass(seconds(19));
  EXPECT_EQ(served, "x:1 y:2 ");
  pass(seconds(1));
  EXPECT_EQ(served, "x:1 y:2 z: ");
}

TEST_F(QueueTest, AWaiterGetsWhatBecomesVisible) {
  send("q", "a", "", "", seconds(5));
  std::string served = "-";
  start(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, seconds(20), {}),
        [&](auto result, const std::exception_ptr&) { served = bodies(**result); });
  pass(seconds(4));
  EXPECT_EQ(served, "-");
  pass(seconds(1));
  EXPECT_EQ(served, "a");
}

TEST_F(QueueTest, WhoHasLeftGetsNothing) {
  std::stop_source gone;
  std::string served = "-";
  start(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, seconds(20), gone.get_token()),
        [&](auto result, const std::exception_ptr&) { served = bodies(**result); });
  gone.request_stop();
  scheduler_.run();
  EXPECT_EQ(served, "");
  send("q", "a");
  EXPECT_EQ(receive("q"), "a");
}

TEST_F(QueueTest, DrainingAnswersWhoWaits) {
  std::string served = "-";
  start(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, seconds(20), {}),
        [&](auto result, const std::exception_ptr&) { served = bodies(**result); });
  queues_->drain();
  scheduler_.run();
  EXPECT_EQ(served, "");
  EXPECT_TRUE(wait(queue("q")->receive({}, seconds(20), {}))->empty());
}

TEST_F(QueueTest, ARestartKeepsMessagesReceivesAndVisibility) {
  send("q", "a");
  send("q", "b");
  send("q", "c", "", "", seconds(50));
  const auto delivered = deliver("q", 1);
  restart();
  EXPECT_EQ(counts("q"), "1 1 1");
  EXPECT_EQ(receive("q"), "b");
  pass(seconds(30));
  const auto again = deliver("q");
  ASSERT_EQ(bodies(again), "ab");
  EXPECT_EQ(again[0].receives, 2U);
  pass(seconds(20));
  EXPECT_EQ(receive("q"), "c");
}

TEST_F(QueueTest, AReceiptHoldsAcrossARestart) {
  for (const char* body : {"a", "b"}) send("q", body);
  const auto delivered = deliver("q");
  restart();
  EXPECT_EQ(remove("q", delivered[0].receipt_handle), "");
  EXPECT_EQ(change("q", delivered[1].receipt_handle, 60), "");
  EXPECT_EQ(counts("q"), "0 0 1");
  pass(seconds(59));
  EXPECT_EQ(receive("q"), "");
  pass(seconds(1));
  EXPECT_EQ(receive("q"), "b");
}

TEST_F(QueueTest, ADeleteThatWasNotDurableIsNone) {
  send("q", "a");
  const auto delivered = deliver("q");
  store_.holds = true;
  store::Batch batch;
  const auto removed = queue("q")->remove(*read_receipt_handle(delivered[0].receipt_handle), "", batch);
  commit(std::move(batch));
  store_.refuse();
  queue("q")->kept(**removed);
  store_.holds = false;
  pass(seconds(30));
  EXPECT_EQ(receive("q"), "a");
}

TEST_F(QueueTest, AMessageIsThereWhenItIsDurable) {
  store_.holds = true;
  send("q", "a");
  EXPECT_EQ(receive("q"), "");
  EXPECT_EQ(counts("q"), "0 0 0");
  store_.let_go();
  scheduler_.run();
  EXPECT_EQ(counts("q"), "1 0 0");
  send("q", "b");
  store_.refuse();
  scheduler_.run();
  EXPECT_EQ(counts("q"), "1 0 0");
}

TEST_F(QueueTest, AFoldThatIsNeverCommittedLeavesNothing) {
  {
    store::Batch batch;
    fold("q", message("a"), batch);
  }
  scheduler_.run();
  EXPECT_EQ(counts("q"), "0 0 0");
  EXPECT_TRUE(queue("q")->is_at_rest());
}

TEST_F(QueueTest, PurgingTakesAllThatWasSentBefore) {
  send("q", "a");
  send("q", "b");
  receive("q", 1);
  ASSERT_TRUE(wait(queue("q")->purge()));
  EXPECT_EQ(counts("q"), "0 0 0");
  EXPECT_EQ(rows(store::Table::message) + rows(store::Table::message_state), 0U);
  send("q", "c");
  EXPECT_EQ(receive("q"), "c");
}

TEST_F(QueueTest, WhatIsTooOldGoes) {
  make("short", {{"MessageRetentionPeriod", "60"}});
  send("short", "old");
  send("short", "flying");
  EXPECT_EQ(receive("short", 1, seconds(3'600)), "old");
  pass(seconds(50));
  send("short", "new");
  pass(seconds(10));
  EXPECT_EQ(receive("short"), "new") << "not given out any more, even before it is swept";
  ASSERT_TRUE(wait(queues_->sweep()));
  EXPECT_EQ(counts("short"), "0 0 1");
  EXPECT_EQ(rows(store::Table::message), 1U);
}

TEST_F(QueueTest, ADeletedQueueLeavesNothing) {
  send("q", "a");
  const auto gone = queue("q");
  store_.holds = true;
  send("q", "late");
  start(queues_->remove(gone), [](const auto&, const std::exception_ptr&) {});
  store_.let_go();
  scheduler_.run();
  store_.let_go();
  scheduler_.run();
  EXPECT_EQ(queue("q"), nullptr);
  EXPECT_EQ(rows(store::Table::message), 0U);
  pass(seconds(61));
  store_.holds = false;
  ASSERT_TRUE(wait(queues_->sweep()));
  EXPECT_EQ(rows(store::Table::queue), 0U);
}

TEST_F(QueueTest, WhatADeletedQueueHasLeftIsTakenAwayAtTheStart) {
  send("q", "a");
  send("q", "b");
  store::Batch batch;
  batch.erase(store::Table::queue, queue_key(arn("q")));
  commit(std::move(batch));
  make("other");
  send("other", "c");
  restart();
  ASSERT_TRUE(wait(queues_->sweep_strays()));
  EXPECT_EQ(rows(store::Table::message), 1U);
  EXPECT_EQ(receive("other"), "c");
}

TEST_F(QueueTest, SequenceNumbersGrowWhenTheClockGoesBack) {
  const Sent first = send("q", "a");
  clock_.advance(seconds(-3'600));
  const Sent second = send("q", "b");
  restart();
  const Sent third = send("q", "c");
  EXPECT_LT(first.sequence, second.sequence);
  EXPECT_LT(second.sequence, third.sequence);
  EXPECT_EQ(receive("q"), "abc");
}

class SmallWindow : public QueueWorld {
 protected:
  SmallWindow() {
    limits_ = {.window = 20, .in_flight = 15, .piece_rows = 7, .piece_bytes = 1U << 20U};
    restart();
    make("q");
  }
};

TEST_F(SmallWindow, GivesOutWhatLiesBeyond) {
  std::string sent;
  for (char c = 'a'; c <= 'z'; ++c) {
    send("q", std::string(1, c));
    send("q", std::string(1, static_cast<char>(c - 'a' + 'A')));
  }
  EXPECT_EQ(counts("q"), "52 0 0");
  std::string received;
  for (int i = 0; i < 60; ++i) {
    const auto delivered = deliver("q", 1);
    received += bodies(delivered);
    for (const Delivery& each : delivered) EXPECT_EQ(remove("q", each.receipt_handle), "");
    if (i == 5) {
      EXPECT_EQ(counts("q"), "46 0 0");
    }
  }
  EXPECT_EQ(received, "aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ");
  EXPECT_EQ(counts("q"), "0 0 0");
  EXPECT_EQ(rows(store::Table::message), 0U);
}

TEST_F(SmallWindow, CountsAndGoesOnAfterARestart) {
  for (int i = 0; i < 100; ++i) send("q", "x");
  const auto delivered = deliver("q", 10);
  restart();
  EXPECT_EQ(counts("q"), "90 0 10");
  send("q", "y");
  EXPECT_EQ(counts("q"), "91 0 10");
  std::size_t received = 0;
  for (int i = 0; i < 30; ++i) {
    for (const Delivery& each : deliver("q", 5)) {
      ++received;
      remove("q", each.receipt_handle);
    }
  }
  EXPECT_EQ(received, 91U);
  EXPECT_EQ(counts("q"), "0 0 10");
}

TEST_F(SmallWindow, AReceiptOfWhatLiesBeyondHolds) {
  for (int i = 0; i < 40; ++i) send("q", "x");
  for (int i = 0; i < 3; ++i) {
    for (const Delivery& each : deliver("q", 10)) remove("q", each.receipt_handle);
  }
  for (int i = 0; i < 30; ++i) send("q", "y");
  const auto delivered = deliver("q", 10);
  restart();
  // Nothing is loaded yet.
  EXPECT_EQ(change("q", delivered[0].receipt_handle, 100), "");
  EXPECT_EQ(remove("q", delivered[1].receipt_handle), "");
  EXPECT_EQ(counts("q"), "30 0 9");
  pass(seconds(30));
  EXPECT_EQ(counts("q"), "38 0 1");
}

TEST_F(SmallWindow, AWaiterIsServedFromFarBehind) {
  limits_ = {.window = 1'000, .in_flight = 1'000, .piece_rows = 7, .piece_bytes = 1U << 20U};
  restart();
  for (int i = 0; i < 300; ++i) send("q", "x", "", "", seconds(500));
  send("q", "last");
  restart();
  EXPECT_EQ(receive("q"), "") << "no receive reads everything";
  std::string served = "-";
  start(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, seconds(20), {}),
        [&](auto result, const std::exception_ptr&) { served = bodies(**result); });
  scheduler_.run();
  EXPECT_EQ(served, "last");
}

TEST_F(SmallWindow, TooManyInFlight) {
  for (int i = 0; i < 20; ++i) send("q", "x");
  EXPECT_EQ(receive("q", 10).size(), 10U);
  EXPECT_EQ(receive("q", 10).size(), 5U);
  const auto refused = wait(queue("q")->receive({.most = 1, .visibility = seconds(30), .attempt = {}}, {}, {}));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "OverLimit");
  pass(seconds(30));
  EXPECT_EQ(receive("q", 10).size(), 10U);
}

}  // namespace
}  // namespace stepwell::sqs
