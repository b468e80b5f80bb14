#pragma once
// Copies the operations of a group of batches, in order, into one batch of RocksDB: a visitor for Batch::visit. The
// tables that the group fills have their families.
//
// A range with few keys is erased key by key (rocksdb_store.h says why). Which keys those are is known here: those in
// the database, which nobody else writes, and those the group itself has put so far.

#include "store/tables.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rocksdb {
class WriteBatch;
}

namespace stepwell::store {

class Database;

class GroupMerger {
 public:
  // The batches visited must outlive the merger.
  GroupMerger(Database& database, ::rocksdb::WriteBatch& merged) : database_(database), merged_(merged) {}

  void put(Table table, std::string_view key, std::string_view value);
  void erase(Table table, std::string_view key);
  void erase_range(Table table, std::string_view from, std::string_view to);

 private:
  using Key = std::pair<Table, std::string_view>;

  void index_puts();
  // The keys of the group in the range, then those of the database. False when there are too many, or they cannot be
  // read.
  bool list_keys(Table table, std::string_view from, std::string_view to, std::vector<std::string>& keys);
  std::string end_of(Table table);  // above every key there is

  Database& database_;
  ::rocksdb::WriteBatch& merged_;
  std::vector<Key> puts_;    // of the group, until the first range is met,
  std::set<Key> put_index_;  // from then on here
  bool indexed_ = false;
};

}  // namespace stepwell::store
