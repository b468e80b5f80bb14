#include "services/sqs/move_tasks.h"
#include "world.h"

// A task that waits when the server ends is never resumed: with the server everything goes.
extern "C" const char* __lsan_default_suppressions() { return "leak:stepwell::sqs::MoveTasks"; }

namespace stepwell::sqs {
namespace {

class DeadLettersTest : public QueueWorld {
 protected:
  DeadLettersTest() {
    make("dead");
    make("q", {{"RedrivePolicy", policy("dead")}});
  }
  static std::string policy(std::string_view name) {
    return fmt::format(R"({{"deadLetterTargetArn":"{}","maxReceiveCount":"2"}})", arn(name));
  }
  void kill(std::string_view name, std::string_view body) {
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(receive(name, 1), body);
      pass(seconds(30));
    }
    EXPECT_EQ(receive(name, 1), "");
    scheduler_.run();
  }
};

TEST_F(DeadLettersTest, WhatWasReceivedTooOftenIsMoved) {
  const Sent sent = send("q", "a");
  kill("q", "a");
  EXPECT_EQ(counts("q"), "0 0 0");
  const auto dead = deliver("dead");
  ASSERT_EQ(bodies(dead), "a");
  EXPECT_EQ(dead[0].message.id, sent.message_id);
  EXPECT_EQ(dead[0].message.dead_letter_source, arn("q"));
  EXPECT_EQ(rows(store::Table::message), 1U);
}

TEST_F(DeadLettersTest, AMoveThatIsNotDurableIsNone) {
  send("q", "a");
  for (int i = 0; i < 2; ++i) {
    receive("q", 1);
    pass(seconds(30));
  }
  store_.holds = true;
  EXPECT_EQ(receive("q", 1), "");
  EXPECT_EQ(counts("dead"), "0 0 0");
  store_.refuse();
  scheduler_.run();
  EXPECT_EQ(counts("dead"), "0 0 0");
  EXPECT_EQ(counts("q"), "1 0 0");
  store_.holds = false;
  receive("q", 1);
  EXPECT_EQ(counts("q") + " " + counts("dead"), "0 0 0 1 0 0");
}

TEST_F(DeadLettersTest, WithoutATargetItIsGivenOutOn) {
  send("q", "a");
  ASSERT_TRUE(wait(queues_->remove(queue("dead"))));
  for (int i = 0; i < 4; ++i) {
    EXPECT_EQ(receive("q"), "a");
    pass(seconds(30));
  }
}

TEST_F(DeadLettersTest, AGroupGoesOnBehindADeadOne) {
  make("dead.fifo", fifo());
  Attributes attributes = fifo();
  attributes["RedrivePolicy"] = policy("dead.fifo");
  make("q.fifo", attributes);
  send("q.fifo", "1", "a");
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(receive("q.fifo", 1), "1");
    pass(seconds(30));
  }
  send("q.fifo", "2", "a");
  EXPECT_EQ(receive("q.fifo", 1), "2");
  EXPECT_EQ(receive("dead.fifo"), "1");
}

class MoveTest : public DeadLettersTest {
 protected:
  MoveTest() { take_up(); }
  void take_up() {
    moves_ = std::make_shared<MoveTasks>(ServicePorts{.store = store_,
                                                      .scheduler = scheduler_,
                                                      .clock = clock_,
                                                      .random = random_,
                                                      .log = log_,
                                                      .endpoint_url = {}},
                                         *queues_);
    EXPECT_TRUE(moves_->take_up());
  }
  void begin(std::string destination, std::uint32_t per_second) {
    ASSERT_TRUE(wait(moves_->begin({.source = arn("dead"),
                                    .destination = std::move(destination),
                                    .id = "t",
                                    .per_second = per_second,
                                    .started = clock_.now()})));
  }
  MoveTask task() { return **moves_->find(arn("dead"), "t"); }

  std::shared_ptr<MoveTasks> moves_;
};

TEST_F(MoveTest, EachGoesWhereItCameFrom) {
  const Sent sent = send("q", "a");
  kill("q", "a");
  begin("", 0);
  EXPECT_EQ(task().status, MoveTask::Status::completed);
  EXPECT_EQ(task().moved, 1U);
  const auto delivered = deliver("q");
  ASSERT_EQ(bodies(delivered), "a");
  EXPECT_EQ(delivered[0].receives, 1U);
  EXPECT_NE(delivered[0].message.id, sent.message_id);
  EXPECT_EQ(delivered[0].message.dead_letter_source, "");
}

TEST_F(MoveTest, AsFastAsWasAskedForAndOnAfterARestart) {
  make("other");
  for (int i = 0; i < 50; ++i) send("dead", "x");
  begin(arn("other"), 10);
  EXPECT_EQ(counts("other"), "10 0 0");
  pass(seconds(1));
  EXPECT_EQ(counts("other"), "20 0 0");
  restart();
  take_up();
  pass(seconds(10));
  EXPECT_EQ(counts("other"), "50 0 0");
  EXPECT_EQ(counts("dead"), "0 0 0");
  EXPECT_EQ(task().status, MoveTask::Status::completed);
  EXPECT_EQ(task().moved, 50U);
}

TEST_F(MoveTest, CanBeCancelled) {
  make("other");
  for (int i = 0; i < 50; ++i) send("dead", "x");
  begin(arn("other"), 10);
  ASSERT_TRUE(wait(moves_->cancel(task())));
  EXPECT_EQ(task().status, MoveTask::Status::cancelling);
  pass(seconds(1));
  EXPECT_EQ(task().status, MoveTask::Status::cancelled);
  EXPECT_EQ(counts("other"), "10 0 0");
}

TEST_F(MoveTest, FailsWhereThereIsNoPlace) {
  send("dead", "x");
  begin("", 0);
  EXPECT_EQ(task().status, MoveTask::Status::failed);
  EXPECT_EQ(task().failure, "QueueDoesNotExist");
  EXPECT_EQ(counts("dead"), "1 0 0");
}

}  // namespace
}  // namespace stepwell::sqs
