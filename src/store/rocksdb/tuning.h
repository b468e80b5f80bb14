#pragma once
// How RocksDB is set up, and why.

#include "store/rocksdb/rocksdb_store.h"

namespace rocksdb {
struct DBOptions;
struct ColumnFamilyOptions;
}  // namespace rocksdb

namespace stepwell::store {

::rocksdb::DBOptions database_options(const RocksDbOptions& options);
::rocksdb::ColumnFamilyOptions family_options(const RocksDbOptions& options);  // the same for every table

}  // namespace stepwell::store
