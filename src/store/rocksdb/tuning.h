#pragma once
// How RocksDB is set up, and why.

#include "store/prefixes.h"
#include "store/rocksdb/rocksdb_store.h"

#include <map>

#include <rocksdb/options.h>

namespace stepwell::store {

::rocksdb::DBOptions database_options(const RocksDbOptions& options);

// The options of a database's families. They differ in the prefix of the table only, and share one cache.
class FamilyOptions {
 public:
  explicit FamilyOptions(const RocksDbOptions& options);
  const ::rocksdb::ColumnFamilyOptions& of(Table table) const { return by_prefix_.at(prefix_bytes(table)); }
  const ::rocksdb::ColumnFamilyOptions& of_others() const { return by_prefix_.at(0); }  // that are no table's

 private:
  std::map<std::size_t, ::rocksdb::ColumnFamilyOptions> by_prefix_;  // by its bytes
};

}  // namespace stepwell::store
