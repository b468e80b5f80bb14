#include "store/rocksdb/status.h"

#include "store/errors.h"

#include <rocksdb/status.h>

namespace stepwell::store {

Error error_of(const ::rocksdb::Status& status) {
  const std::string cause = status.ToString();
  if (status.IsNoSpace()) return storage_full(cause);
  if (status.IsCorruption()) return storage_corrupted(cause);
  return storage_failed(cause);
}

}  // namespace stepwell::store
