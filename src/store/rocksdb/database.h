#pragma once
// RocksDB opened with a column family for each table that was ever written. A family is called by its table's number,
// which is for ever. It is made by the writer, durably, ahead of the first write to its table: what a crash in between
// leaves is an empty table.
//
// RocksDB 7.8 cannot go on after a write to its log has failed, not even on a full volume that has room again, and with
// its assertions on, as in Debian's build, whatever touches such a log ends the process. So it is known here, and such
// a database is not closed but left as it is, for the short rest of the process.

#include "base/error.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store/tables.h"

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace rocksdb {
class ColumnFamilyHandle;
class DB;
struct DBOptions;
}  // namespace rocksdb

namespace stepwell::store {

class FamilyOptions;

class Database {
 public:
  // A log that is damaged, not only cut short by a crash, is refused ("StorageCorrupted"), as the header of the store
  // says.
  static Result<std::unique_ptr<Database>> open(const std::string& directory, const RocksDbOptions& options);
  ~Database();  // writes the buffers to files and closes
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  ::rocksdb::DB& db() { return *db_; }
  // nullptr: nothing was ever written to the table.
  ::rocksdb::ColumnFamilyHandle* family(Table table) const {
    return families_[std::to_underlying(table)].load(std::memory_order_acquire);
  }
  // Makes the families that the tables lack; for the one thread that writes.
  Result<void> provide(const TableSet& tables);
  // A failure stays with RocksDB, which answers it to the next write.
  void sync_log();
  bool log_failed() const { return *log_failed_; }
  // After a background thread met a full volume: tries its work again.
  void resume();

 private:
  explicit Database(const RocksDbOptions& options);
  static Result<std::unique_ptr<Database>> open_as(const std::string& directory, const RocksDbOptions& options,
                                                   ::rocksdb::DBOptions of_all);
  Result<void> open_families(const std::string& directory, const ::rocksdb::DBOptions& options, bool reads_only);
  void add_families(const std::vector<::rocksdb::ColumnFamilyHandle*>& handles);

  const std::unique_ptr<const FamilyOptions> of_families_;
  const std::shared_ptr<std::atomic<bool>> log_failed_;  // shared with RocksDB's listener
  std::unique_ptr<::rocksdb::DB> db_;
  std::vector<::rocksdb::ColumnFamilyHandle*> handles_;  // all there are, RocksDB's default and unknown ones too
  std::array<std::atomic<::rocksdb::ColumnFamilyHandle*>, table_places> families_{};
  TableSet present_;  // those with a family; the writer's
};

}  // namespace stepwell::store
