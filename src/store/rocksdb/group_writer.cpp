#include "store/rocksdb/group_writer.h"

#include "store/errors.h"
#include "store/rocksdb/database.h"
#include "store/rocksdb/group_merger.h"
#include "store/rocksdb/status.h"

#include <sys/statvfs.h>

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

namespace stepwell::store {
namespace {

// Memory that one huge group needed is given back after it.
constexpr std::size_t kept_bytes = 4U << 20U;

}  // namespace

GroupWriter::GroupWriter(Database& database, std::string directory, const RocksDbOptions& options)
    : database_(database),
      directory_(std::move(directory)),
      sync_(options.sync == RocksDbOptions::Sync::always),
      reserved_bytes_(options.reserved_bytes),
      full_retry_(options.full_retry),
      merged_(std::make_unique<::rocksdb::WriteBatch>()) {}

GroupWriter::~GroupWriter() = default;

Result<void> GroupWriter::write(std::span<const Batch> group) {
  if (failure_ && !may_try()) return fail(*failure_);
  Result<void> result = has_room(group);
  if (result) {
    // What cannot be mended, or not yet, is answered by the write.
    if (failure_) database_.resume();
    result = write_merged(group);
  }
  if (result) {
    failure_.reset();
  } else {
    failure_ = result.error();
    tried_ = std::chrono::steady_clock::now();
  }
  return result;
}

bool GroupWriter::may_try() const {
  return failure_->code == storage_full_code && std::chrono::steady_clock::now() - tried_ >= full_retry_;
}

Result<void> GroupWriter::has_room(std::span<const Batch> group) const {
  struct statvfs volume{};
  if (::statvfs(directory_.c_str(), &volume) != 0) return {};  // the write will tell what is wrong
  std::size_t needed = reserved_bytes_;
  for (const Batch& batch : group) needed += batch.bytes();
  const std::size_t free = volume.f_bavail * volume.f_frsize;
  if (free >= needed) return {};
  return fail(storage_full(fmt::format("the volume of {} has {} MB left, and {} MB are kept free", directory_,
                                       free >> 20U, reserved_bytes_ >> 20U)));
}

Result<void> GroupWriter::write_merged(std::span<const Batch> group) {
  TableSet filled;
  for (const Batch& batch : group) filled |= batch.filled();
  TRY(database_.provide(filled));
  GroupMerger merger(database_, *merged_);
  for (const Batch& batch : group) batch.visit(merger);
  ::rocksdb::WriteOptions options;
  options.sync = sync_;
  const ::rocksdb::Status status = database_.db().Write(options, merged_.get());
  if (merged_->GetDataSize() > kept_bytes) {
    *merged_ = ::rocksdb::WriteBatch();
  } else {
    merged_->Clear();
  }
  if (status.ok()) return {};
  return fail(database_.log_failed() ? storage_failed(status.ToString()) : error_of(status));
}

}  // namespace stepwell::store
