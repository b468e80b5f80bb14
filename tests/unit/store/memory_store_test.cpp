#include "store/memory/memory_store.h"

#include "store_contract.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

class MemoryDriver {
 public:
  Store& store() { return store_; }

 private:
  MemoryStore store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreContract, MemoryDriver);

TEST(MemoryStoreTest, ACompletionMayUseTheStore) {
  MemoryStore store;
  bool inner = false;
  Batch batch;
  batch.put(Table::meta, "a", "1");
  store.commit(std::move(batch), [&](const Result<void>&) {
    EXPECT_EQ(store.get(Table::meta, "a").value(), "1");
    store.commit(Batch(), [&](const Result<void>&) { inner = true; });
  });
  EXPECT_TRUE(inner);
}

TEST(TreeTest, CopiesAreSnapshots) {
  // A tree changes at random; copies taken on the way are compared with copies of a map at the end.
  std::mt19937_64 random(11);
  Tree tree;
  std::map<std::string, std::string> model;
  std::vector<std::pair<Tree, std::map<std::string, std::string>>> snapshots;
  const auto key = [&random] { return KeyWriter().u16(static_cast<std::uint16_t>(random() % 500)).take(); };
  for (int round = 0; round < 20'000; ++round) {
    const std::string first = key();
    switch (random() % 8) {
      case 0:
      case 1:
        tree.erase(first);
        model.erase(first);
        break;
      case 2: {
        const std::string second = KeyWriter().u16(static_cast<std::uint16_t>(KeyReader(first).u16() + 3)).take();
        tree.erase_range(first, second);
        model.erase(model.lower_bound(first), model.lower_bound(second));
        break;
      }
      default: tree.put(first, fmt::format("{}", round)); model[first] = fmt::format("{}", round);
    }
    if (round % 500 == 0) snapshots.emplace_back(tree, model);
  }
  snapshots.emplace_back(tree, model);
  for (const auto& [copy, expected] : snapshots) {
    Pairs pairs;
    TreeWalk walk(copy, {}, {}, Direction::forward);
    for (; walk.entry() != nullptr; walk.next()) pairs.emplace_back(walk.entry()->key, walk.entry()->value);
    EXPECT_EQ(pairs, Pairs(expected.begin(), expected.end()));
  }
}

TEST(TreeTest, ReadersOfSnapshotsDoNotDisturbTheWriter) {
  MemoryStore store;
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 3; ++reader) {
    readers.emplace_back([&] {
      while (!stop) {
        // Every snapshot holds each number once, the even or the odd half of it.
        const Pairs pairs = scan_all(store, Table::event);
        EXPECT_TRUE(pairs.empty() || pairs.size() == 100U) << pairs.size();
      }
    });
  }
  for (std::uint32_t round = 0; round < 300; ++round) {
    Batch batch;
    batch.erase_range(Table::event, {}, {});
    for (std::uint32_t number = 0; number < 100; ++number) {
      batch.put(Table::event, KeyWriter().u32(number * 2 + round % 2).view(), "v");
    }
    EXPECT_TRUE(commit_and_wait(store, std::move(batch)));
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace stepwell::store
