#pragma once
// What every driver of the Store port must do, as tests. A driver's test file names a fixture that makes its store:
//
//   struct MyDriver { Store& store(); };       // a fresh, empty store for each test
//   INSTANTIATE_TYPED_TEST_SUITE_P(My, StoreContract, MyDriver);

#include "store/codec.h"
#include "store/store.h"

#include <array>
#include <future>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwell::store {

using Pairs = std::vector<std::pair<std::string, std::string>>;

inline Result<void> commit_and_wait(Store& store, Batch batch) {
  std::promise<Result<void>> done;
  store.commit(std::move(batch), [&done](Result<void> result) { done.set_value(std::move(result)); });
  return done.get_future().get();
}

inline Result<void> put_and_wait(Store& store, Table table, std::string_view key, std::string_view value) {
  Batch batch;
  batch.put(table, key, value);
  return commit_and_wait(store, std::move(batch));
}

inline Pairs collect(Cursor& cursor) {
  Pairs pairs;
  for (; cursor.valid(); cursor.next()) pairs.emplace_back(cursor.key(), cursor.value());
  EXPECT_TRUE(cursor.status().has_value());
  return pairs;
}

inline Pairs scan_all(Store& store, Table table, std::string_view from = {}, std::string_view to = {},
                      Direction direction = Direction::forward) {
  return collect(*store.scan(table, from, to, direction));
}

inline std::string keys_of(const Pairs& pairs) {
  std::string keys;
  for (const auto& [key, value] : pairs) keys += key;
  return keys;
}

template <typename Driver>
class StoreContract : public testing::Test {
 protected:
  Store& store() { return driver_.store(); }

  void put(Table table, std::string_view key, std::string_view value) {
    ASSERT_TRUE(put_and_wait(store(), table, key, value));
  }

  // A key of one letter for each letter.
  void put_letters(Table table, std::string_view letters) {
    Batch batch;
    for (const char& letter : letters) batch.put(table, {&letter, 1}, "v");
    ASSERT_TRUE(commit_and_wait(store(), std::move(batch)));
  }

  std::optional<std::string> get(Table table, std::string_view key) { return store().get(table, key).value(); }

  std::string letters(Table table, std::string_view from = {}, std::string_view to = {},
                      Direction direction = Direction::forward) {
    return keys_of(scan_all(store(), table, from, to, direction));
  }

 private:
  Driver driver_;
};

TYPED_TEST_SUITE_P(StoreContract);

TYPED_TEST_P(StoreContract, GetsWhatWasPut) {
  EXPECT_EQ(this->get(Table::execution, "k"), std::nullopt);
  this->put(Table::execution, "k", "first");
  EXPECT_EQ(this->get(Table::execution, "k"), "first");
  this->put(Table::execution, "k", "second");
  EXPECT_EQ(this->get(Table::execution, "k"), "second");
}

TYPED_TEST_P(StoreContract, TablesAreApart) {
  for (const TableInfo& info : all_tables) this->put(info.table, "same key", info.name);
  for (const TableInfo& info : all_tables) {
    EXPECT_EQ(this->get(info.table, "same key"), info.name);
    EXPECT_EQ(scan_all(this->store(), info.table, "same", "samf").size(), 1U);
  }
}

TYPED_TEST_P(StoreContract, ABatchAppliesInItsOrder) {
  Batch batch;
  batch.put(Table::scope, "a", "1");
  batch.put(Table::scope, "a", "2");
  batch.put(Table::scope, "b", "1");
  batch.erase(Table::scope, "b");
  batch.erase(Table::scope, "c");
  batch.put(Table::scope, "c", "1");
  batch.erase(Table::scope, "never there");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(scan_all(this->store(), Table::scope), (Pairs{{"a", "2"}, {"c", "1"}}));
}

TYPED_TEST_P(StoreContract, AnEmptyBatchIsAcknowledged) {
  EXPECT_TRUE(commit_and_wait(this->store(), Batch()).has_value());
}

TYPED_TEST_P(StoreContract, ScansForwardWithinBounds) {
  this->put_letters(Table::event, "aceg");
  EXPECT_EQ(this->letters(Table::event), "aceg");
  EXPECT_EQ(this->letters(Table::event, "c", "g"), "ce");
  EXPECT_EQ(this->letters(Table::event, "b", "f"), "ce");
  EXPECT_EQ(this->letters(Table::event, "c"), "ceg");
  EXPECT_EQ(this->letters(Table::event, {}, "c"), "a");
  EXPECT_EQ(this->letters(Table::event, "h"), "");
}

TYPED_TEST_P(StoreContract, ScansBackwardWithinBounds) {
  constexpr Direction backward = Direction::backward;
  this->put_letters(Table::event, "aceg");
  EXPECT_EQ(this->letters(Table::event, {}, {}, backward), "geca");
  EXPECT_EQ(this->letters(Table::event, "c", "g", backward), "ec");
  EXPECT_EQ(this->letters(Table::event, "b", "f", backward), "ec");
  EXPECT_EQ(this->letters(Table::event, "c", {}, backward), "gec");
  EXPECT_EQ(this->letters(Table::event, {}, "c", backward), "a");
  EXPECT_EQ(this->letters(Table::event, {}, "a", backward), "");
}

TYPED_TEST_P(StoreContract, AnEmptyOrReversedRangeHasNothing) {
  this->put_letters(Table::event, "abc");
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    EXPECT_EQ(this->letters(Table::event, "b", "b", direction), "");
    EXPECT_EQ(this->letters(Table::event, "c", "a", direction), "");
  }
  Batch batch;
  batch.erase_range(Table::event, "b", "b");
  batch.erase_range(Table::event, "c", "a");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(this->letters(Table::event), "abc");
}

TYPED_TEST_P(StoreContract, ErasesARange) {
  this->put_letters(Table::event, "abcdef");
  this->put_letters(Table::scope, "abcdef");
  Batch batch;
  batch.erase_range(Table::event, "b", "e");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(this->letters(Table::event), "aef");
  EXPECT_EQ(this->letters(Table::scope), "abcdef");
}

TYPED_TEST_P(StoreContract, ErasesToTheEndOfTheTable) {
  this->put_letters(Table::event, "abcdef");
  this->put_letters(Table::scope, "abcdef");
  Batch batch;
  batch.put(Table::event, "\xff\xff", "v");
  batch.erase_range(Table::event, "c", {});
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(this->letters(Table::event), "ab");
  EXPECT_EQ(this->letters(Table::scope), "abcdef");
}

TYPED_TEST_P(StoreContract, ErasingARangeSparesWhatThePartsAfterItPut) {
  this->put_letters(Table::event, "abc");
  Batch batch;
  batch.put(Table::event, "d", "before");
  batch.put(Table::event, "e", "before");
  batch.erase_range(Table::event, "b", "z");
  batch.put(Table::event, "d", "after");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(scan_all(this->store(), Table::event), (Pairs{{"a", "v"}, {"d", "after"}}));
}

TYPED_TEST_P(StoreContract, ErasesALargeRange) {
  Batch fill;
  for (std::uint32_t number = 0; number < 5000; ++number) fill.put(Table::event, KeyWriter().u32(number).view(), "v");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(fill)));
  Batch batch;
  batch.put(Table::event, KeyWriter().u32(4999).u8(0).view(), "of the same batch");
  batch.erase_range(Table::event, KeyWriter().u32(10).view(), KeyWriter().u32(4000).view());
  batch.erase_range(Table::event, KeyWriter().u32(4100).view(), {});
  batch.put(Table::event, KeyWriter().u32(2000).view(), "again");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(scan_all(this->store(), Table::event).size(), 10U + 1U + 100U);
  EXPECT_EQ(this->get(Table::event, KeyWriter().u32(2000).view()), "again");
  EXPECT_EQ(this->get(Table::event, KeyWriter().u32(3999).view()), std::nullopt);
}

TYPED_TEST_P(StoreContract, ACursorSeesTheTableAsItWas) {
  this->put_letters(Table::event, "abc");
  const std::unique_ptr<Cursor> forward = this->store().scan(Table::event, {}, {}, Direction::forward);
  const std::unique_ptr<Cursor> backward = this->store().scan(Table::event, {}, {}, Direction::backward);
  forward->next();
  Batch batch;
  batch.put(Table::event, "b", "changed");
  batch.erase(Table::event, "c");
  batch.put(Table::event, "d", "new");
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  EXPECT_EQ(collect(*forward), (Pairs{{"b", "v"}, {"c", "v"}}));
  EXPECT_EQ(collect(*backward), (Pairs{{"c", "v"}, {"b", "v"}, {"a", "v"}}));
  EXPECT_EQ(scan_all(this->store(), Table::event), (Pairs{{"a", "v"}, {"b", "changed"}, {"d", "new"}}));
}

TYPED_TEST_P(StoreContract, KeepsAnyBytes) {
  using namespace std::string_literals;
  const std::vector<std::string> keys{""s,  "\0"s,  "\0\0"s, "\0\xff"s, "\x01"s,
                                      "a"s, "a\0"s, "a\0b"s, "\xff"s,   "\xff\xff"s};
  Batch batch;
  for (const std::string& key : keys) batch.put(Table::timer, key, key + "\0value"s);
  ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
  for (const std::string& key : keys) EXPECT_EQ(this->get(Table::timer, key), key + "\0value"s);
  Pairs expected;
  for (const std::string& key : keys) expected.emplace_back(key, key + "\0value"s);
  EXPECT_EQ(scan_all(this->store(), Table::timer), expected);
}

TYPED_TEST_P(StoreContract, KeepsEmptyAndLargeValues) {
  const std::string large(20'000'000, 'x');
  this->put(Table::function_code, "empty", "");
  this->put(Table::function_code, "large", large);
  EXPECT_EQ(this->get(Table::function_code, "empty"), "");
  EXPECT_TRUE(this->get(Table::function_code, "large") == large);
}

TYPED_TEST_P(StoreContract, ABatchIsSeenWholeOrNotAtAll) {
  // A writer moves one unit between two counters; the sum that a reader's cursor sees never changes.
  constexpr std::uint64_t units = 1000;
  const auto encode = [](std::uint64_t value) { return KeyWriter().u64(value).take(); };
  const auto transfer = [&](std::uint64_t moved) {
    Batch batch;
    batch.put(Table::execution, "a", encode(units - moved));
    batch.put(Table::execution, "b", encode(moved));
    return batch;
  };
  ASSERT_TRUE(commit_and_wait(this->store(), transfer(0)));
  std::thread writer([&] {
    for (std::uint64_t moved = 1; moved < units; ++moved) {
      this->store().commit(transfer(moved), [](const Result<void>& result) { EXPECT_TRUE(result); });
    }
    EXPECT_TRUE(commit_and_wait(this->store(), transfer(units)));
  });
  std::uint64_t moved = 0;
  while (moved < units) {
    const Pairs pairs = scan_all(this->store(), Table::execution);
    ASSERT_EQ(pairs.size(), 2U);
    moved = KeyReader(pairs[1].second).u64();
    ASSERT_EQ(KeyReader(pairs[0].second).u64() + moved, units);
  }
  writer.join();
}

TYPED_TEST_P(StoreContract, WhatIsAcknowledgedIsSeenInOrder) {
  constexpr std::uint64_t commits = 300;
  constexpr std::size_t committers = 8;
  std::array<std::vector<std::uint64_t>, committers> acknowledged;
  std::vector<std::thread> threads;
  for (std::size_t committer = 0; committer < committers; ++committer) {
    threads.emplace_back([this, committer, &mine = acknowledged[committer]] {
      const std::string key = fmt::format("{}", committer);
      for (std::uint64_t number = 0; number < commits; ++number) {
        Batch batch;
        batch.put(Table::execution, key, KeyWriter().u64(number).view());
        batch.put(Table::event, key + KeyWriter().u64(number).take(), "");
        this->store().commit(std::move(batch), [this, key, number, &mine](const Result<void>& result) {
          EXPECT_TRUE(result);
          mine.push_back(number);
          EXPECT_GE(KeyReader(*this->get(Table::execution, key)).u64(), number);
        });
      }
      EXPECT_TRUE(commit_and_wait(this->store(), Batch()));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (std::size_t committer = 0; committer < committers; ++committer) {
    EXPECT_EQ(acknowledged[committer].size(), commits);
    EXPECT_TRUE(std::ranges::is_sorted(acknowledged[committer]));
    EXPECT_EQ(KeyReader(*this->get(Table::execution, fmt::format("{}", committer))).u64(), commits - 1);
  }
  EXPECT_EQ(scan_all(this->store(), Table::event).size(), commits * committers);
}

TYPED_TEST_P(StoreContract, AgreesWithAModel) {
  // Random operations on few keys, so that they meet; after each batch, random ranges are compared with std::map.
  std::mt19937_64 random(7);
  std::map<std::string, std::string> model;
  const auto key = [&random] { return KeyWriter().u8(static_cast<std::uint8_t>(random() % 40)).take(); };
  for (int round = 0; round < 300; ++round) {
    Batch batch;
    for (std::uint64_t left = random() % 12; left > 0; --left) {
      const std::string first = key();
      const std::string second = key();
      switch (random() % 6) {
        case 0:
          batch.erase(Table::scope, first);
          model.erase(first);
          break;
        case 1:
          batch.erase_range(Table::scope, first, second);
          if (first < second) model.erase(model.lower_bound(first), model.lower_bound(second));
          break;
        default: batch.put(Table::scope, first, second); model[first] = second;
      }
    }
    ASSERT_TRUE(commit_and_wait(this->store(), std::move(batch)));
    const std::string from = key();
    const std::string to = key();
    Pairs expected;
    if (from < to) expected.assign(model.lower_bound(from), model.lower_bound(to));
    ASSERT_EQ(scan_all(this->store(), Table::scope, from, to), expected);
    std::ranges::reverse(expected);
    ASSERT_EQ(scan_all(this->store(), Table::scope, from, to, Direction::backward), expected);
  }
}

REGISTER_TYPED_TEST_SUITE_P(StoreContract, GetsWhatWasPut, TablesAreApart, ABatchAppliesInItsOrder,
                            AnEmptyBatchIsAcknowledged, ScansForwardWithinBounds, ScansBackwardWithinBounds,
                            AnEmptyOrReversedRangeHasNothing, ErasesARange, ErasesToTheEndOfTheTable,
                            ErasingARangeSparesWhatThePartsAfterItPut, ErasesALargeRange, ACursorSeesTheTableAsItWas,
                            KeepsAnyBytes, KeepsEmptyAndLargeValues, ABatchIsSeenWholeOrNotAtAll,
                            WhatIsAcknowledgedIsSeenInOrder, AgreesWithAModel);

}  // namespace stepwell::store
