#include "store/rocksdb/database.h"

#include "store/errors.h"
#include "store/rocksdb/log_check.h"
#include "store/rocksdb/status.h"
#include "store/rocksdb/tuning.h"

#include <filesystem>

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/listener.h>

namespace stepwell::store {
namespace {

// RocksDB names the damaged file, but not always where it is.
Error open_error(const ::rocksdb::Status& status, const std::string& directory) {
  const std::string cause = status.ToString();
  if (!status.IsCorruption() || cause.find(directory) != std::string::npos) return error_of(status);
  return storage_corrupted(fmt::format("{} (in {})", cause, directory));
}

std::string family_name(Table table) { return fmt::format("{}", std::to_underlying(table)); }

const ::rocksdb::ColumnFamilyOptions& options_of(const FamilyOptions& options, std::string_view family) {
  const auto info =
      std::ranges::find(all_tables, family, [](const TableInfo& each) { return family_name(each.table); });
  return info == all_tables.end() ? options.of_others() : options.of(info->table);
}

// The families in the directory; RocksDB wants every one opened. A directory without a database has its default only.
Result<std::vector<std::string>> existing_families(const std::string& directory, const ::rocksdb::DBOptions& options) {
  std::vector<std::string> names;
  const ::rocksdb::Status status = ::rocksdb::DB::ListColumnFamilies(options, directory, &names);
  if (status.ok()) return names;
  if (status.IsPathNotFound()) return std::vector<std::string>{::rocksdb::kDefaultColumnFamilyName};
  return fail(open_error(status, directory));
}

// Hears of failures. RocksDB's own attempts to recover from a full volume are declined: they come at times of their
// own, and would touch a log that failed.
class FailureListener final : public ::rocksdb::EventListener {
 public:
  explicit FailureListener(std::shared_ptr<std::atomic<bool>> log_failed) : log_failed_(std::move(log_failed)) {}

  void OnBackgroundError(::rocksdb::BackgroundErrorReason reason, ::rocksdb::Status*) override {
    if (reason == ::rocksdb::BackgroundErrorReason::kWriteCallback) *log_failed_ = true;
  }
  void OnErrorRecoveryBegin(::rocksdb::BackgroundErrorReason, ::rocksdb::Status, bool* automatic) override {
    *automatic = false;
  }

 private:
  const std::shared_ptr<std::atomic<bool>> log_failed_;
};

using Handles = std::vector<::rocksdb::ColumnFamilyHandle*>;

// Keeps what cannot be closed reachable.
void leave(std::unique_ptr<::rocksdb::DB> database, Handles handles) {
  static auto& left = *new std::vector<std::pair<std::unique_ptr<::rocksdb::DB>, Handles>>;
  left.emplace_back(std::move(database), std::move(handles));
}

}  // namespace

Database::Database(const RocksDbOptions& options)
    : of_families_(std::make_unique<const FamilyOptions>(options)),
      log_failed_(std::make_shared<std::atomic<bool>>(false)) {}

// First every byte of the logs has to be right. Where one is not, what the logs look like decides: what a crash has
// left is dropped, as nobody was told of it; damage is not opened.
Result<std::unique_ptr<Database>> Database::open(const std::string& directory, const RocksDbOptions& options) {
  ::rocksdb::DBOptions of_all = database_options(options);
  of_all.wal_recovery_mode = ::rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  auto opened = open_as(directory, options, of_all);
  if (opened || opened.error().code != storage_corrupted_code) return opened;
  TRY_ASSIGN(const std::optional<LogDamage> damage, check_logs(directory));
  if (!damage) return opened;
  const std::string where = fmt::format("{} at byte {}", damage->file, damage->offset);
  if (!damage->last) {
    // With writes that were not synced, holes in the log are what a crash of the machine leaves.
    if (options.sync == RocksDbOptions::Sync::always) return fail(log_corrupted(where));
    options.warn(fmt::format("The log {} cannot be read; what was written after that is lost.", where));
  } else if (!damage->torn) {
    options.warn(
        fmt::format("The log {} ends in a record that cannot be read: a write that was under way when the "
                    "machine stopped, or damage. It is left out.",
                    where));
  }
  of_all.wal_recovery_mode = ::rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  return open_as(directory, options, std::move(of_all));
}

Result<std::unique_ptr<Database>> Database::open_as(const std::string& directory, const RocksDbOptions& options,
                                                    ::rocksdb::DBOptions of_all) {
  std::unique_ptr<Database> database(new Database(options));
  of_all.listeners.push_back(std::make_shared<FailureListener>(database->log_failed_));
  const bool reads_only = options.access == RocksDbOptions::Access::read_only;
  TRY(database->open_families(directory, of_all, reads_only));
  return database;
}

Result<void> Database::open_families(const std::string& directory, const ::rocksdb::DBOptions& options,
                                     bool reads_only) {
  TRY_ASSIGN(const std::vector<std::string> names, existing_families(directory, options));
  std::vector<::rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(names.size());
  for (const std::string& name : names) families.emplace_back(name, options_of(*of_families_, name));
  ::rocksdb::DB* opened = nullptr;
  Handles handles;
  const ::rocksdb::Status status = reads_only
                                       ? ::rocksdb::DB::OpenForReadOnly(options, directory, families, &handles, &opened)
                                       : ::rocksdb::DB::Open(options, directory, families, &handles, &opened);
  if (!status.ok()) return fail(open_error(status, directory));
  db_.reset(opened);
  add_families(handles);
  return {};
}

// All at once: RocksDB writes its settings anew after each call.
Result<void> Database::provide(const TableSet& tables) {
  if ((tables & ~present_).none()) return {};
  std::vector<::rocksdb::ColumnFamilyDescriptor> missing;
  for (const TableInfo& info : all_tables) {
    const std::size_t number = std::to_underlying(info.table);
    if (tables[number] && !present_[number])
      missing.emplace_back(family_name(info.table), of_families_->of(info.table));
  }
  // RocksDB would make a directory that is gone anew, and go on without what it held.
  if (!std::filesystem::exists(db_->GetName() + "/CURRENT")) {
    return fail(storage_failed(fmt::format("{} is gone", db_->GetName())));
  }
  Handles created;
  const ::rocksdb::Status status = db_->CreateColumnFamilies(missing, &created);
  add_families(created);
  if (!status.ok()) return fail(error_of(status));
  return {};
}

void Database::add_families(const Handles& handles) {
  handles_.insert(handles_.end(), handles.begin(), handles.end());
  for (const TableInfo& info : all_tables) {
    const auto found = std::ranges::find(handles, family_name(info.table), &::rocksdb::ColumnFamilyHandle::GetName);
    if (found == handles.end()) continue;
    present_[std::to_underlying(info.table)] = true;
    families_[std::to_underlying(info.table)].store(*found, std::memory_order_release);
  }
}

void Database::sync_log() { db_->SyncWAL().PermitUncheckedError(); }

void Database::resume() { db_->Resume().PermitUncheckedError(); }

Database::~Database() {
  if (!db_) return;
  if (log_failed()) {
    leave(std::move(db_), std::move(handles_));
    return;
  }
  // Whatever cannot be flushed is still in the log.
  db_->Flush({}, handles_).PermitUncheckedError();
  for (::rocksdb::ColumnFamilyHandle* handle : handles_) {
    db_->DestroyColumnFamilyHandle(handle).PermitUncheckedError();
  }
  db_->Close().PermitUncheckedError();
}

}  // namespace stepwell::store
