#include "services/sqs/line.h"

#include <gtest/gtest.h>

namespace stepwell::sqs {
namespace {

using std::chrono::seconds;

constexpr Timestamp now{Duration{1'700'000'000'000}};

class LineTest : public testing::Test {
 protected:
  void add(Line& line, Sequence sequence, std::string_view group = "", Timestamp due = now) {
    line.add({.sequence = sequence, .group = line.group(group)}, due, now);
  }
  // Takes up to `most` in one receive and sends them on their flight.
  std::vector<Sequence> receive(Line& line, std::size_t most, Timestamp at = now, Duration visibility = seconds(30)) {
    line.pass(at);
    std::vector<Sequence> taken;
    std::uint32_t group = 0;
    while (taken.size() < most) {
      auto entry = line.take(group);
      if (!entry) break;
      ++entry->receives;
      taken.push_back(entry->sequence);
      line.fly({.entry = *entry, .received = at, .visible = at + visibility});
    }
    return taken;
  }
  using Sequences = std::vector<Sequence>;

  Line standard_{Order::standard};
  Line fifo_{Order::fifo};
};

TEST_F(LineTest, GivesEachOutOnce) {
  for (Sequence i = 1; i <= 3; ++i) add(standard_, i);
  EXPECT_EQ(receive(standard_, 2), (Sequences{1, 2}));
  EXPECT_EQ(receive(standard_, 2), (Sequences{3}));
  EXPECT_EQ(standard_.visible(), 0U);
  EXPECT_EQ(standard_.in_flight(), 3U);
}

TEST_F(LineTest, IsVisibleAgainAfterItsTime) {
  add(standard_, 1);
  receive(standard_, 1);
  EXPECT_EQ(standard_.next_change(), now + seconds(30));
  EXPECT_EQ(receive(standard_, 1, now + seconds(30) - Duration{1}), Sequences{});
  EXPECT_EQ(receive(standard_, 1, now + seconds(30)), Sequences{1});
  EXPECT_EQ(standard_.flight(1)->entry.receives, 2U);
}

TEST_F(LineTest, OnlyTheLastVisibilityCounts) {
  add(standard_, 1);
  receive(standard_, 1);
  standard_.change_visibility(1, now + seconds(100));
  EXPECT_EQ(receive(standard_, 1, now + seconds(99)), Sequences{});
  standard_.change_visibility(1, now + seconds(100));
  EXPECT_EQ(receive(standard_, 1, now + seconds(100)), Sequences{1});
}

TEST_F(LineTest, ManyChangesCostNoMemory) {
  add(standard_, 1);
  receive(standard_, 1);
  for (int i = 0; i < 5'000; ++i) standard_.change_visibility(1, now + seconds(40 + i));
  EXPECT_EQ(receive(standard_, 1, now + seconds(5'038)), Sequences{});
  EXPECT_EQ(receive(standard_, 1, now + seconds(5'039)), Sequences{1});
}

TEST_F(LineTest, WhatIsRemovedWhileVisibleIsNotGivenOut) {
  add(standard_, 1);
  add(standard_, 2);
  receive(standard_, 1, now, seconds(0));
  standard_.pass(now);
  EXPECT_EQ(standard_.receives_of_visible(1), 1U);
  standard_.remove(1);
  EXPECT_EQ(standard_.visible(), 1U);
  EXPECT_EQ(receive(standard_, 10), Sequences{2});
}

TEST_F(LineTest, DelayedOnesComeWhenTheyAreDue) {
  add(standard_, 1, "", now + seconds(5));
  add(standard_, 2);
  EXPECT_EQ(standard_.delayed(), 1U);
  EXPECT_EQ(receive(standard_, 10), Sequences{2});
  EXPECT_EQ(receive(standard_, 10, now + seconds(5)), Sequences{1});
}

TEST_F(LineTest, AGroupInFlightIsBlocked) {
  for (Sequence i = 1; i <= 4; ++i) add(fifo_, i, i % 2 == 1 ? "a" : "b");
  EXPECT_EQ(receive(fifo_, 1), Sequences{1});
  EXPECT_EQ(receive(fifo_, 10), (Sequences{2, 4}));
  EXPECT_EQ(receive(fifo_, 10), Sequences{});
  fifo_.remove(1);
  EXPECT_EQ(receive(fifo_, 10), Sequences{3});
}

TEST_F(LineTest, OneReceiveTakesAGroupAsFarAsItGoes) {
  for (Sequence i = 1; i <= 6; ++i) add(fifo_, i, i <= 2 ? "a" : i == 3 ? "b" : "a");
  EXPECT_EQ(receive(fifo_, 10), (Sequences{1, 2, 4, 5, 6, 3}));
}

TEST_F(LineTest, AGroupGoesOnWhenAllOfItIsBackOrGone) {
  for (Sequence i = 1; i <= 3; ++i) add(fifo_, i, "a");
  EXPECT_EQ(receive(fifo_, 2), (Sequences{1, 2}));
  fifo_.change_visibility(1, now);
  EXPECT_EQ(receive(fifo_, 10), Sequences{});
  fifo_.remove(2);
  EXPECT_EQ(receive(fifo_, 10), (Sequences{1, 3}));
}

TEST_F(LineTest, ALongGroupComesAndGoesInOrder) {
  for (Sequence i = 1; i <= 1'000; ++i) add(fifo_, i, "a");
  Sequence expected = 1;
  for (int round = 0; round < 200; ++round) {
    const auto taken = receive(fifo_, 8);
    ASSERT_EQ(taken.size(), 8U);
    EXPECT_EQ(taken.front(), expected);
    // Five are done with, three come back.
    for (std::size_t i = 0; i < taken.size(); ++i) {
      if (i < 5) {
        fifo_.remove(taken[i]);
      } else {
        fifo_.change_visibility(taken[i], now);
      }
    }
    fifo_.pass(now);
    expected += 5;
    if (expected > 990) break;
  }
  EXPECT_EQ(fifo_.visible(), 1'000 - (expected - 1));
}

TEST_F(LineTest, ALateOneStandsAtItsPlace) {
  add(fifo_, 2, "a");
  add(fifo_, 1, "a");
  EXPECT_EQ(receive(fifo_, 10), (Sequences{1, 2}));
}

TEST_F(LineTest, AnEmptyGroupIsForgottenAndMayComeAgain) {
  add(fifo_, 1, "a");
  const std::uint32_t number = fifo_.group("a");
  receive(fifo_, 1);
  fifo_.remove(1);
  EXPECT_NE(fifo_.group("a"), number);
  add(fifo_, 2, "a");
  EXPECT_EQ(receive(fifo_, 1), Sequences{2});
}

TEST_F(LineTest, RemovingTheOldLeavesTheRest) {
  for (Line* line : {&standard_, &fifo_}) {
    for (Sequence i = 1; i <= 6; ++i) add(*line, i, "a");
    EXPECT_EQ(receive(*line, 2), (Sequences{1, 2}));
    line->remove_before(4);
    EXPECT_EQ(line->visible(), 3U);
    EXPECT_EQ(line->in_flight(), 0U);
    EXPECT_EQ(receive(*line, 10), (Sequences{4, 5, 6}));
  }
}

TEST_F(LineTest, RemovingTheOldForgetsGroupsThatAreEmpty) {
  add(fifo_, 1, "a");
  add(fifo_, 2, "b");
  fifo_.remove_before(2);
  EXPECT_EQ(fifo_.visible(), 1U);
  EXPECT_EQ(receive(fifo_, 10), Sequences{2});
  add(fifo_, 3, "a");
  EXPECT_EQ(receive(fifo_, 10), Sequences{3});
}

}  // namespace
}  // namespace stepwell::sqs
