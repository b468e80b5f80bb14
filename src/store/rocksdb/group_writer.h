#pragma once
// Writes a group of batches as one, and remembers failure: see "Failure" in rocksdb_store.h. Used by one thread.

#include "store/rocksdb/rocksdb_store.h"

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace rocksdb {
class WriteBatch;
}

namespace stepwell::store {

class Database;

class GroupWriter {
 public:
  GroupWriter(Database& database, std::string directory, const RocksDbOptions& options);
  ~GroupWriter();

  Result<void> write(std::span<const Batch> group);

 private:
  bool may_try() const;
  Result<void> has_room(std::span<const Batch> group) const;
  Result<void> write_merged(std::span<const Batch> group);

  Database& database_;
  const std::string directory_;
  const bool sync_;
  const std::size_t reserved_bytes_;
  const std::chrono::milliseconds full_retry_;
  std::unique_ptr<::rocksdb::WriteBatch> merged_;  // kept for its memory
  std::optional<Error> failure_;
  std::chrono::steady_clock::time_point tried_;  // when the failure was last met
};

}  // namespace stepwell::store
