#include "store/rocksdb/rocksdb_store.h"

#include "store/errors.h"
#include "store/format.h"
#include "store/rocksdb/cursor.h"
#include "store/rocksdb/database.h"
#include "store/rocksdb/directory_lock.h"
#include "store/rocksdb/group_writer.h"
#include "store/rocksdb/interval_sync.h"
#include "store/rocksdb/status.h"

#include <filesystem>

#include <fmt/format.h>
#include <rocksdb/db.h>

namespace stepwell::store {
namespace {

Result<void> make_directory(const std::string& directory) {
  std::error_code problem;
  if (std::filesystem::is_directory(directory, problem)) return {};
  std::filesystem::create_directories(directory, problem);
  if (!problem) std::filesystem::permissions(directory, std::filesystem::perms::owner_all, problem);
  if (problem)
    return fail(storage_failed(fmt::format("cannot make the directory {}: {}", directory, problem.message())));
  return {};
}

}  // namespace

// In the order of construction; they end in the reverse one: no more writes, the last sync, the database, the lock.
struct RocksDbStore::Parts {
  Parts(DirectoryLock directory_lock, std::unique_ptr<Database> opened, const std::string& directory,
        const Options& options)
      : lock(std::move(directory_lock)), database(std::move(opened)), writer(*database, directory, options) {
    if (options.sync == Options::Sync::interval) {
      sync.emplace(options.sync_interval, [this] { database->sync_log(); });
    }
    gatherer.emplace(options.gatherer, [this](std::span<const Batch> group) {
      Result<void> result = writer.write(group);
      if (result && sync) sync->written();
      return result;
    });
  }

  DirectoryLock lock;
  std::unique_ptr<Database> database;
  GroupWriter writer;
  std::optional<IntervalSync> sync;
  std::optional<Gatherer> gatherer;
};

Result<std::unique_ptr<RocksDbStore>> RocksDbStore::open(const std::string& directory, Options options) {
  const bool reads_only = options.access == Options::Access::read_only;
  if (reads_only && !std::filesystem::exists(directory + "/CURRENT")) {
    return fail(storage_failed(fmt::format("there is no store in {}", directory)));
  }
  TRY(make_directory(directory));
  TRY_ASSIGN(DirectoryLock lock, DirectoryLock::take(directory));
  TRY_ASSIGN(std::unique_ptr<Database> database, Database::open(directory, options));
  std::unique_ptr<RocksDbStore> store(
      new RocksDbStore(std::make_unique<Parts>(std::move(lock), std::move(database), directory, options)));
  TRY(ensure_format(*store, directory));
  return store;
}

RocksDbStore::RocksDbStore(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
RocksDbStore::~RocksDbStore() = default;

Result<std::optional<std::string>> RocksDbStore::get(Table table, std::string_view key) {
  ::rocksdb::ColumnFamilyHandle* const family = parts_->database->family(table);
  if (family == nullptr) return std::nullopt;
  std::string value;
  const ::rocksdb::Status status = parts_->database->db().Get({}, family, key, &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return fail(error_of(status));
  return value;
}

std::unique_ptr<Cursor> RocksDbStore::scan(Table table, std::string_view from, std::string_view to,
                                           Direction direction) {
  return make_cursor(*parts_->database, table, from, to, direction);
}

Ticket RocksDbStore::write(Batch batch, Committed committed) {
  return parts_->gatherer->commit(std::move(batch), std::move(committed));
}

Statistics RocksDbStore::statistics() const {
  Statistics facts = parts_->gatherer->statistics();
  ::rocksdb::DB& db = parts_->database->db();
  db.GetAggregatedIntProperty(::rocksdb::DB::Properties::kCurSizeAllMemTables, &facts.write_buffer_bytes);
  db.GetIntProperty(::rocksdb::DB::Properties::kBlockCacheUsage, &facts.cache_bytes);
  return facts;
}

Result<BackupFacts> RocksDbStore::backup(const std::string& folder, const BackupProgress& progress,
                                         const std::stop_token& stop) {
  TRY_ASSIGN(const std::optional<std::uint64_t> format, read_format(*this));
  return write_backup(*parts_->database, format.value_or(format_number), folder, progress, stop);
}

}  // namespace stepwell::store
