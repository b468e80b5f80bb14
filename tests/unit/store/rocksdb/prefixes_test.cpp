// Scans within a prefix of the table, which ask the filters of files, say what every other scan would.

#include "store/prefixes.h"

#include "../noise.h"
#include "../store_contract.h"
#include "../temporary_directory.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store/rocksdb/tuning.h"

#include <fstream>
#include <map>

#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

namespace stepwell::store {
namespace {

using Model = std::map<std::string, std::string>;

std::string prefix_of(std::uint64_t number) {
  return KeyWriter().u16(static_cast<std::uint16_t>(number % 3)).u64(number).take();
}
std::string row_of(std::uint64_t number, std::uint64_t row) { return prefix_of(number) + KeyWriter().u64(row).take(); }
std::string end_of(std::uint64_t number) { return prefix_of(number) + std::string(9, '\xff'); }

TEST(PrefixesTest, ATableHasKeysThatAreLongEnough) {
  EXPECT_EQ(prefix_bytes(Table::event), prefix_of(0).size());
  EXPECT_EQ(prefix_bytes(Table::execution), 0U);
}

// A directory whose tables another hand may write to as well, in files of few rows on several levels.
class Directory {
 public:
  static constexpr std::uint64_t prefixes = 120;
  static constexpr std::uint64_t rows = 8;

  explicit Directory(std::uint64_t seed) : random_(seed) {
    EXPECT_TRUE(put_and_wait(*open(), Table::event, row_of(0, 0), "first"));
    model_[row_of(0, 0)] = "first";
  }

  std::unique_ptr<RocksDbStore> open() const { return RocksDbStore::open(path(), {}).value(); }
  const std::string& path() const { return directory_.path(); }
  const Model& model() const { return model_; }
  std::uint64_t below(std::uint64_t bound) { return random_() % bound; }
  std::string any_row() { return row_of(below(prefixes), below(rows)); }

  // Random rows, and holes that range tombstones have left.
  void write_files(::rocksdb::ColumnFamilyOptions options) {
    options.write_buffer_size = 64U << 10U;
    options.target_file_size_base = 8U << 10U;
    options.max_bytes_for_level_base = 32U << 10U;
    options.level0_file_num_compaction_trigger = 3;
    std::vector<std::string> names;
    ASSERT_TRUE(::rocksdb::DB::ListColumnFamilies({}, path(), &names).ok());
    std::vector<::rocksdb::ColumnFamilyDescriptor> families;
    for (const std::string& name : names) families.emplace_back(name, options);
    std::vector<::rocksdb::ColumnFamilyHandle*> handles;
    ::rocksdb::DB* opened = nullptr;
    ASSERT_TRUE(::rocksdb::DB::Open({}, path(), families, &handles, &opened).ok());
    const std::unique_ptr<::rocksdb::DB> db(opened);
    const auto event = std::ranges::find(handles, fmt::format("{}", std::to_underlying(Table::event)),
                                         &::rocksdb::ColumnFamilyHandle::GetName);
    for (int left = 600; left > 0; --left) write(*db, **event);
    ASSERT_TRUE(db->Flush({}, *event).ok());
    for (::rocksdb::ColumnFamilyHandle* handle : handles) ASSERT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
    ASSERT_TRUE(db->Close().ok());
  }

  void write_batch(Store& store) {
    Batch batch;
    for (int left = 20; left > 0; --left) {
      const std::string key = any_row();
      if (below(4) == 0) {
        batch.erase(Table::event, key);
        model_.erase(key);
      } else {
        batch.put(Table::event, key, "of a batch");
        model_[key] = "of a batch";
      }
    }
    const std::string from = any_row();
    const std::string to = end_of(below(prefixes));
    if (below(10) == 0 && from < to) {
      batch.erase_range(Table::event, from, to);
      model_.erase(model_.lower_bound(from), model_.lower_bound(to));
    }
    ASSERT_TRUE(commit_and_wait(store, std::move(batch)));
  }

 private:
  void write(::rocksdb::DB& db, ::rocksdb::ColumnFamilyHandle& family) {
    const std::string key = any_row();
    if (const std::uint64_t choice = below(40); choice == 0) {
      ASSERT_TRUE(db.Flush({}, &family).ok());
    } else if (choice == 1) {
      const std::string to = below(2) == 0 ? end_of(below(prefixes)) : prefix_of(below(prefixes));
      if (key >= to) return;
      ASSERT_TRUE(db.DeleteRange({}, &family, key, to).ok());
      model_.erase(model_.lower_bound(key), model_.lower_bound(to));
    } else if (choice < 8) {
      ASSERT_TRUE(db.Delete({}, &family, key).ok());
      model_.erase(key);
    } else {
      const std::string value = noise(50 + below(200));
      ASSERT_TRUE(db.Put({}, &family, key, value).ok());
      model_[key] = value;
    }
  }

  TemporaryDirectory directory_;
  std::mt19937_64 random_;
  Model model_;
};

// What the program wrote before it knew prefixes.
::rocksdb::ColumnFamilyOptions with_filters_of_whole_keys() {
  ::rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(::rocksdb::NewBloomFilterPolicy(10));
  ::rocksdb::ColumnFamilyOptions options;
  options.table_factory.reset(::rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

::rocksdb::ColumnFamilyOptions with_filters_of_prefixes() { return FamilyOptions(RocksDbOptions{}).of(Table::event); }

void compare(Store& store, const Model& model, const std::string& from, const std::string& to) {
  Pairs expected;
  if (from < to) expected.assign(model.lower_bound(from), model.lower_bound(to));
  ASSERT_EQ(scan_all(store, Table::event, from, to), expected);
  std::ranges::reverse(expected);
  ASSERT_EQ(scan_all(store, Table::event, from, to, Direction::backward), expected);
}

void compare_all(Store& store, Directory& directory) {
  const Model& model = directory.model();
  for (std::uint64_t number = 0; number < Directory::prefixes + 3; ++number) {
    const std::string prefix = prefix_of(number);
    compare(store, model, prefix, end_of(number));
    compare(store, model, prefix, prefix_end(prefix));
    compare(store, model, row_of(number, 0), row_of(number, directory.below(Directory::rows)));
    compare(store, model, row_of(number, directory.below(Directory::rows)), end_of(number));
    compare(store, model, prefix, directory.any_row());
    compare(store, model, prefix.substr(0, directory.below(prefix.size())), row_of(number, 3));
  }
  EXPECT_EQ(scan_all(store, Table::event).size(), model.size());
}

// Files of either kind, below each other and beside, and what is not in a file yet.
TEST(PrefixesTest, ScansAgreeWithAModel) {
  for (const std::uint64_t seed : {1, 2}) {
    Directory directory(seed);
    for (int round = 0; round < 3; ++round) {
      directory.write_files(directory.below(3) == 0 ? with_filters_of_whole_keys() : with_filters_of_prefixes());
      const auto store = directory.open();
      ASSERT_NO_FATAL_FAILURE(compare_all(*store, directory)) << seed;
      for (int left = 5; left > 0; --left) ASSERT_NO_FATAL_FAILURE(directory.write_batch(*store));
      ASSERT_NO_FATAL_FAILURE(compare_all(*store, directory)) << seed;
    }
  }
}

TEST(PrefixesTest, WhatWasWrittenWithoutThemIsFound) {
  Directory directory(5);
  directory.write_files(with_filters_of_whole_keys());
  const auto store = directory.open();
  compare_all(*store, directory);
  for (const auto& [key, value] : directory.model()) EXPECT_EQ(store->get(Table::event, key).value(), value);
}

void damage_rows(const std::filesystem::path& path) {
  constexpr std::uintmax_t filter_and_index = 8U << 10U;  // and no more, at the end
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  for (std::uintmax_t place = 50; place + filter_and_index < std::filesystem::file_size(path); place += 1024) {
    file.seekp(static_cast<std::streamoff>(place));
    file.write("damage", 6);
  }
}

TEST(PrefixesTest, AFileThatLacksAPrefixIsNotRead) {
  constexpr std::uint64_t all = 400;
  const TemporaryDirectory directory;
  {
    const auto store = RocksDbStore::open(directory.path()).value();
    Batch batch;
    for (std::uint64_t number = 0; number < all; number += 2) batch.put(Table::event, row_of(number, 1), noise(1000));
    ASSERT_TRUE(commit_and_wait(*store, std::move(batch)));
  }
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    if (entry.path().extension() == ".sst" && entry.file_size() > 100'000) damage_rows(entry.path());
  }
  const auto store = RocksDbStore::open(directory.path()).value();
  for (const Direction direction : {Direction::forward, Direction::backward}) {
    std::array<std::uint64_t, 2> failed{};
    for (std::uint64_t number = 0; number < all; ++number) {
      const auto cursor = store->scan(Table::event, row_of(number, 0), end_of(number), direction);
      failed[number % 2] += cursor->status() ? 0 : 1;
    }
    EXPECT_GT(failed[0], all / 2 * 9 / 10);
    EXPECT_LT(failed[1], all / 2 / 10);  // the filter errs once in a hundred times
  }
}

}  // namespace
}  // namespace stepwell::store
