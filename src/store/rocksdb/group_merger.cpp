#include "store/rocksdb/group_merger.h"

#include "base/check.h"
#include "store/rocksdb/database.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

namespace stepwell::store {
namespace {

constexpr std::size_t most_single_keys = 256;
// Erased keys that RocksDB has not dropped yet are walked over like others; this bounds them too.
constexpr std::uint64_t most_skipped_keys = 4096;

void check(const ::rocksdb::Status& status) { CHECK(status.ok()); }

}  // namespace

void GroupMerger::put(Table table, std::string_view key, std::string_view value) {
  check(merged_.Put(database_.family(table), key, value));
  if (indexed_) {
    put_index_.emplace(table, key);
  } else {
    puts_.emplace_back(table, key);
  }
}

void GroupMerger::erase(Table table, std::string_view key) {
  if (database_.family(table) != nullptr) check(merged_.Delete(database_.family(table), key));
}

void GroupMerger::erase_range(Table table, std::string_view from, std::string_view to) {
  if ((!to.empty() && to <= from) || database_.family(table) == nullptr) return;
  index_puts();
  std::vector<std::string> keys;
  if (list_keys(table, from, to, keys)) {
    for (const std::string& key : keys) erase(table, key);
    return;
  }
  const std::string end = to.empty() ? end_of(table) : std::string(to);
  check(merged_.DeleteRange(database_.family(table), from, end));
}

// Most groups hold no range: their keys are never sorted.
void GroupMerger::index_puts() {
  if (indexed_) return;
  put_index_.insert(puts_.begin(), puts_.end());
  indexed_ = true;
}

bool GroupMerger::list_keys(Table table, std::string_view from, std::string_view to, std::vector<std::string>& keys) {
  for (auto put = put_index_.lower_bound({table, from}); put != put_index_.end() && put->first == table; ++put) {
    if (!to.empty() && put->second >= to) break;
    if (keys.size() == most_single_keys) return false;
    keys.emplace_back(put->second);
  }
  const ::rocksdb::Slice upper(to);
  ::rocksdb::ReadOptions options;
  options.fill_cache = false;
  options.total_order_seek = true;
  options.max_skippable_internal_keys = most_skipped_keys;
  if (!to.empty()) options.iterate_upper_bound = &upper;
  const std::unique_ptr<::rocksdb::Iterator> iterator(database_.db().NewIterator(options, database_.family(table)));
  for (iterator->Seek(from); iterator->Valid(); iterator->Next()) {
    if (keys.size() == most_single_keys) return false;
    keys.push_back(iterator->key().ToString());
  }
  return iterator->status().ok();
}

std::string GroupMerger::end_of(Table table) {
  std::string last;
  ::rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<::rocksdb::Iterator> iterator(database_.db().NewIterator(options, database_.family(table)));
  iterator->SeekToLast();
  if (iterator->Valid()) last = iterator->key().ToString();
  // The greatest key of the table among those of the group is just before the first of the next table.
  const auto beyond = put_index_.lower_bound({static_cast<Table>(std::to_underlying(table) + 1), {}});
  if (beyond != put_index_.begin()) {
    const Key& greatest = *std::prev(beyond);
    if (greatest.first == table) last = std::max(last, std::string(greatest.second));
  }
  last.push_back('\0');
  return last;
}

}  // namespace stepwell::store
