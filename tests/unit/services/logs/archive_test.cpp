#include "services/logs/archive.h"

#include "../../engine/harness.h"
#include "store/memory/memory_store.h"

#include <gtest/gtest.h>

namespace stepwell::logs {
namespace {

class ArchiveTest : public testing::Test {
 protected:
  template <typename T>
  T wait(Task<T> task) {
    std::optional<T> result;
    start(std::move(task), [&](auto value, const std::exception_ptr&) { result = std::move(value); });
    while (!result) scheduler_.run();
    return std::move(*result);
  }
  void append(std::string_view stream, std::initializer_list<NewEvent> events) {
    store::Batch batch;
    auto opened = *archive_.find_stream(group_.arn, stream);
    if (opened == nullptr) opened = archive_.create_stream(group_.arn, stream, batch);
    archive_.append(*opened, events, batch);
    ASSERT_TRUE(wait(archive_.commit(std::move(batch))));
  }
  std::string messages(std::string_view stream) {
    const auto found = Archive(store_, scheduler_, clock_, random_).find_stream(group_.arn, stream);
    if (!found || *found == nullptr) return "no stream";
    std::string text;
    const auto cursor = archive_.scan((*found)->id, {}, {.at = Timestamp::max()}, store::Direction::forward);
    for (; cursor->valid(); cursor->next()) text += decode_event(cursor->key(), cursor->value())->message;
    return text;
  }

  VirtualClock clock_;
  VirtualScheduler scheduler_{clock_};
  SeededRandom random_{1};
  store::MemoryStore store_;
  Archive archive_{store_, scheduler_, clock_, random_};
  Group group_{.arn = "arn:aws:logs:us-east-1:123456789012:log-group:g", .name = "g"};
};

TEST_F(ArchiveTest, EventsOfOneMomentKeepTheirOrder) {
  const Timestamp now = clock_.now();
  append("s", {{now, "a"}, {now, "b"}});
  append("s", {{now, "c"}, {now - Duration{1}, "0"}});
  EXPECT_EQ(messages("s"), "0abc");
  const auto stream = archive_.find_stream(group_.arn, "s");
  EXPECT_EQ((*stream)->bytes, 4 * (1 + event_overhead));
  EXPECT_EQ((*stream)->first_event, now - Duration{1});
  EXPECT_EQ((*stream)->last_event, now);
}

TEST_F(ArchiveTest, AStreamIsThereWhenItsBatchIs) {
  store::Batch batch;
  archive_.create_stream(group_.arn, "s", batch);
  EXPECT_EQ(messages("s"), "no stream");
  ASSERT_TRUE(wait(archive_.commit(std::move(batch))));
  EXPECT_EQ(messages("s"), "");
}

TEST_F(ArchiveTest, WhatIsOlderThanTheRetentionGoes) {
  group_.retention_days = 3;
  ASSERT_TRUE(wait(archive_.save_group(group_)));
  const Timestamp begin = clock_.now();
  for (int i = 0; i < 25'000; ++i) append("many", {{begin + Duration{i}, "x"}});
  append("few", {{begin, "old"}, {begin + std::chrono::days(2), "new"}});
  clock_.advance(std::chrono::days(3) + Duration{20'000});
  ASSERT_TRUE(wait(archive_.expire()));
  EXPECT_EQ(messages("many").size(), 5'000U);
  EXPECT_EQ(messages("few"), "new");
  EXPECT_EQ((*archive_.find_stream(group_.arn, "few"))->bytes, 3 + event_overhead);
  clock_.advance(std::chrono::days(3));
  ASSERT_TRUE(wait(archive_.expire()));
  EXPECT_EQ(messages("many") + messages("few"), "");
}

TEST_F(ArchiveTest, AGroupGoesWithItsStreamsAndEvents) {
  ASSERT_TRUE(wait(archive_.save_group(group_)));
  append("s", {{clock_.now(), "a"}});
  ASSERT_TRUE(wait(archive_.remove_group(group_.arn)));
  EXPECT_EQ(messages("s"), "no stream");
  const auto cursor = store_.scan(store::Table::log_event, "", "", store::Direction::forward);
  EXPECT_FALSE(cursor->valid());
}

}  // namespace
}  // namespace stepwell::logs
