#pragma once
// RocksDB's status as an Error of storage.

#include "base/error.h"

namespace rocksdb {
class Status;
}

namespace stepwell::store {

Error error_of(const ::rocksdb::Status& status);  // of one that is not ok

}  // namespace stepwell::store
