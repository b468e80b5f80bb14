// FIFO queues: order, deduplication, and commits of others.

#include "world.h"

namespace stepwell::sqs {
namespace {

class FifoTest : public QueueWorld {
 protected:
  FifoTest() { make("q.fifo", fifo()); }
};

TEST_F(FifoTest, AGroupKeepsItsOrderWhateverHappens) {
  for (const char* body : {"1", "2", "3"}) send("q.fifo", body, "a");
  EXPECT_EQ(receive("q.fifo", 1), "1");
  EXPECT_EQ(receive("q.fifo"), "") << "the group is blocked";
  restart();
  EXPECT_EQ(receive("q.fifo"), "") << "after a restart too";
  pass(seconds(30));
  auto delivered = deliver("q.fifo", 2);
  EXPECT_EQ(bodies(delivered), "12");
  EXPECT_EQ(remove("q.fifo", delivered[0].receipt_handle), "");
  EXPECT_EQ(receive("q.fifo"), "");
  EXPECT_EQ(remove("q.fifo", delivered[1].receipt_handle), "");
  EXPECT_EQ(receive("q.fifo"), "3");
}

TEST_F(FifoTest, AnExpiredReceiptDeletesNothing) {
  send("q.fifo", "1", "a");
  const auto delivered = deliver("q.fifo");
  pass(seconds(30));
  EXPECT_EQ(remove("q.fifo", delivered[0].receipt_handle), "InvalidParameterValueException");
  const auto again = deliver("q.fifo");
  EXPECT_EQ(remove("q.fifo", delivered[0].receipt_handle), "InvalidParameterValueException");
  EXPECT_EQ(remove("q.fifo", again[0].receipt_handle), "");
  EXPECT_EQ(remove("q.fifo", again[0].receipt_handle), "") << "deleting twice is nothing";
}

TEST_F(FifoTest, TheSameIdIsTheSameMessageForFiveMinutes) {
  const Sent first = send("q.fifo", "1", "a", "id");
  const Sent second = send("q.fifo", "2", "b", "id");
  EXPECT_EQ(first.message_id, second.message_id);
  EXPECT_EQ(first.sequence, second.sequence);
  const auto delivered = deliver("q.fifo");
  EXPECT_EQ(bodies(delivered), "1");
  remove("q.fifo", delivered[0].receipt_handle);
  restart();
  pass(std::chrono::minutes(5) - Duration{1});
  EXPECT_EQ(send("q.fifo", "3", "a", "id").message_id, first.message_id);
  EXPECT_EQ(receive("q.fifo"), "");
  pass(Duration{1});
  EXPECT_NE(send("q.fifo", "4", "a", "id").message_id, first.message_id);
  EXPECT_EQ(receive("q.fifo"), "4");
}

TEST_F(FifoTest, GroupsMayHaveIdsOfTheirOwn) {
  make("groups.fifo", {{"FifoQueue", "true"}, {"DeduplicationScope", "messageGroup"}});
  send("groups.fifo", "1", "a", "id");
  send("groups.fifo", "2", "b", "id");
  send("groups.fifo", "3", "a", "id");
  EXPECT_EQ(receive("groups.fifo"), "12");
}

TEST_F(FifoTest, OldIdsAreSwept) {
  send("q.fifo", "1", "a");
  ASSERT_TRUE(wait(queues_->sweep()));
  EXPECT_EQ(rows(store::Table::message_deduplication), 1U);
  pass(std::chrono::minutes(5));
  ASSERT_TRUE(wait(queues_->sweep()));
  EXPECT_EQ(rows(store::Table::message_deduplication), 0U);
}

// Two commits with the same id under way at once: whichever of them becomes durable, and in whatever order, there is
// one message, and both were told of the same.
class TwoFolds : public FifoTest, public testing::WithParamInterface<std::tuple<int, int>> {};

TEST_P(TwoFolds, AreOneMessage) {
  enum Fate { never, durable, refused };
  const auto [first_fate, second_fate] = GetParam();
  for (const bool reversed : {false, true}) {
    const std::string id = reversed ? "r" : "s";
    std::optional<store::Batch> first(std::in_place);
    std::optional<store::Batch> second(std::in_place);
    const Sent one = fold("q.fifo", message("x", "a", id), *first);
    const Sent two = fold("q.fifo", message("x", "a", id), *second);
    EXPECT_EQ(one.message_id, two.message_id);
    EXPECT_EQ(one.sequence, two.sequence);
    const auto meet = [&](std::optional<store::Batch>& batch, int fate) {
      if (fate != never) {
        store_.holds = true;
        store_.commit(std::move(*batch), [](const auto&) {});
        fate == durable ? store_.let_go() : store_.refuse();
        store_.holds = false;
      }
      batch.reset();
      scheduler_.run();
    };
    if (reversed) meet(second, second_fate);
    meet(first, first_fate);
    EXPECT_EQ(receive("q.fifo"), !reversed                                         ? ""
                                 : first_fate == durable || second_fate == durable ? "x"
                                                                                   : "")
        << "not before all who may write it are over";
    if (!reversed) meet(second, second_fate);
    const bool is_there = first_fate == durable || second_fate == durable;
    if (!reversed) {
      EXPECT_EQ(receive("q.fifo"), is_there ? "x" : "");
    }
    EXPECT_EQ(rows(store::Table::message), is_there ? 1U : 0U);
    // The id is taken if the message is there, and free otherwise.
    EXPECT_EQ(send("q.fifo", "y", "b", id).message_id == one.message_id, is_there);
    ASSERT_TRUE(wait(queue("q.fifo")->purge()));
  }
}

INSTANTIATE_TEST_SUITE_P(Fates, TwoFolds, testing::Combine(testing::Range(0, 3), testing::Range(0, 3)));

TEST_F(FifoTest, FoldsMayBecomeDurableInAnyOrder) {
  store::Batch first;
  store::Batch second;
  fold("q.fifo", message("1", "a", "1"), first);
  fold("q.fifo", message("2", "a", "2"), second);
  commit(std::move(second));
  commit(std::move(first));
  EXPECT_EQ(receive("q.fifo"), "12");
}

TEST_F(FifoTest, TheSameAttemptGetsTheSameMessages) {
  for (const char* body : {"1", "2", "3"}) send("q.fifo", body, "a");
  const auto attempt = [&](std::string id) {
    return *wait(queue("q.fifo")->receive({.most = 2, .visibility = seconds(30), .attempt = std::move(id)}, {}, {}));
  };
  const auto first = attempt("x");
  EXPECT_EQ(bodies(first), "12");
  pass(seconds(20));
  const auto second = attempt("x");
  EXPECT_EQ(bodies(second), "12");
  EXPECT_EQ(second[0].receipt_handle, first[0].receipt_handle);
  EXPECT_EQ(bodies(attempt("y")), "");
  pass(seconds(20));
  EXPECT_EQ(bodies(attempt("y")), "") << "the visibility timeout began anew";
  remove("q.fifo", first[0].receipt_handle);
  EXPECT_EQ(bodies(attempt("x")), "") << "one of them is deleted";
  pass(seconds(10));
  EXPECT_EQ(bodies(attempt("x")), "23");
}

TEST_F(FifoTest, AFullWindowOfOneGroupHidesOthersNoLongerThanItStands) {
  limits_ = {.window = 10, .in_flight = 10, .piece_rows = 5, .piece_bytes = 1U << 20U};
  restart();
  for (int i = 0; i < 30; ++i) send("q.fifo", fmt::format("{} ", i), "a");
  send("q.fifo", "b", "b");
  std::string received;
  for (int i = 0; i < 10; ++i) {
    const auto delivered = deliver("q.fifo", 5);
    received += bodies(delivered);
    for (const Delivery& each : delivered) EXPECT_EQ(remove("q.fifo", each.receipt_handle), "");
  }
  std::string expected;
  for (int i = 0; i < 30; ++i) expected += fmt::format("{} ", i);
  EXPECT_EQ(received, expected + "b");
}

}  // namespace
}  // namespace stepwell::sqs
