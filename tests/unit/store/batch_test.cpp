#include "store/memory/memory_store.h"
#include "store/store.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stepwell::store {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;

struct Recorder {
  std::vector<std::string> seen;
  void put(Table table, std::string_view key, std::string_view value) {
    seen.push_back(fmt::format("put {} {} {}", static_cast<int>(table), key, value));
  }
  void erase(Table table, std::string_view key) {
    seen.push_back(fmt::format("erase {} {}", static_cast<int>(table), key));
  }
  void erase_range(Table table, std::string_view from, std::string_view to) {
    seen.push_back(fmt::format("erase_range {} {} {}", static_cast<int>(table), from, to));
  }
};

std::vector<std::string> operations(const Batch& batch) {
  Recorder recorder;
  batch.visit(recorder);
  return recorder.seen;
}

TEST(BatchTest, IsVisitedInOrder) {
  Batch batch;
  EXPECT_TRUE(batch.empty());
  batch.put(Table::execution, "k", "v");
  batch.erase(Table::timer, "t");
  batch.erase_range(Table::scope, "a", "b");
  batch.put(Table::meta, "", "");
  EXPECT_THAT(operations(batch), ElementsAre("put 4 k v", "erase 8 t", "erase_range 6 a b", "put 0  "));
  EXPECT_EQ(batch.operations(), 4U);
  EXPECT_FALSE(batch.empty());
}

TEST(BatchTest, AppendsAnother) {
  Batch first;
  first.put(Table::execution, "k", "v");
  Batch second;
  second.erase(Table::execution, "k");
  const std::size_t bytes = first.bytes() + second.bytes();
  first.append(second.copy());
  EXPECT_THAT(operations(first), ElementsAre("put 4 k v", "erase 4 k"));
  EXPECT_EQ(first.operations(), 2U);
  EXPECT_EQ(first.bytes(), bytes);
}

TEST(BatchTest, TellsThoseWhoAddedToItFirst) {
  MemoryStore store;
  std::vector<std::string> told;
  const auto tell = [&told](std::string who) {
    return [&told, who = std::move(who)](const Result<void>& result) { told.push_back(result ? who : "refused"); };
  };
  Batch first;
  first.then(tell("first"));
  Batch second;
  second.put(Table::execution, "k", "v");
  second.then(tell("second"));
  { const Batch nobody_is_told_of = second.copy(); }
  first.append(std::move(second));
  store.commit(std::move(first), tell("committer"));
  EXPECT_THAT(told, ElementsAre("first", "second", "committer"));
}

TEST(BatchTest, KeepsAnyBytes) {
  const std::string key = "\0\xff\0"s;
  const std::string value(1'000'000, '\0');
  Batch batch;
  batch.put(Table::event, key, value);
  EXPECT_THAT(operations(batch), ElementsAre(fmt::format("put 5 {} {}", key, value)));
}

}  // namespace
}  // namespace stepwell::store
