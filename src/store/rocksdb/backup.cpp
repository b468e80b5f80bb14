#include "store/rocksdb/backup.h"

#include "store/errors.h"
#include "store/format.h"
#include "store/rocksdb/database.h"
#include "store/rocksdb/status.h"

#include <charconv>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <rocksdb/db.h>
#include <rocksdb/utilities/backup_engine.h>

namespace stepwell::store {
namespace {

using ::rocksdb::BackupEngine;
using ::rocksdb::BackupEngineReadOnly;

::rocksdb::BackupEngineOptions engine_options(const std::string& folder) {
  ::rocksdb::BackupEngineOptions options(folder);
  options.share_table_files = false;  // one copy to a folder
  return options;
}

Error unusable(const std::string& folder, std::string_view why) {
  return {.fault = Fault::client,
          .code = "BackupUnusable",
          .message = fmt::format("{} is no backup that can be used: {}.", folder, why),
          .detail = "A backup that was interrupted is not complete; take another one."};
}

Result<void> make_folder(const std::string& folder) {
  std::error_code problem;
  if (std::filesystem::exists(std::filesystem::symlink_status(folder, problem))) {
    return fail(Error{.fault = Fault::client,
                      .code = "BackupFolderExists",
                      .message = fmt::format("{} is there already.", folder),
                      .detail = "A backup is written into a folder of its own: name one that is not there yet."});
  }
  std::filesystem::create_directories(folder, problem);
  // It holds whatever the store does, keys included.
  if (!problem) std::filesystem::permissions(folder, std::filesystem::perms::owner_all, problem);
  if (problem) return fail(storage_failed(fmt::format("cannot make the folder {}: {}", folder, problem.message())));
  return {};
}

std::uint64_t bytes_of(::rocksdb::DB& database) {
  std::vector<::rocksdb::LiveFileMetaData> files;
  database.GetLiveFilesMetaData(&files);
  std::uint64_t bytes = 0;
  for (const ::rocksdb::LiveFileMetaData& file : files) bytes += file.size;
  return bytes;
}

// What a copy says of itself beside RocksDB's list of files.
std::string note_of(std::uint64_t format) { return fmt::format("stepwell format {}", format); }

std::uint64_t format_in(std::string_view note) {
  constexpr std::string_view prefix = "stepwell format ";
  std::uint64_t format = 0;
  if (note.starts_with(prefix)) std::from_chars(note.data() + prefix.size(), note.data() + note.size(), format);
  return format;
}

Result<BackupFacts> copy(Database& database, std::uint64_t format, const std::string& folder,
                         const BackupProgress& progress, const std::stop_token& stop) {
  BackupEngine* made = nullptr;
  const auto options = engine_options(folder);
  if (const auto status = BackupEngine::Open(options, ::rocksdb::Env::Default(), &made); !status.ok()) {
    return fail(error_of(status));
  }
  const std::unique_ptr<BackupEngine> engine(made);
  const std::stop_callback stops(stop, [&engine] { engine->StopBackup(); });
  const std::uint64_t total = bytes_of(database.db());
  ::rocksdb::CreateBackupOptions create;
  create.progress_callback = [&, bytes = std::uint64_t{0}]() mutable {
    bytes += options.callback_trigger_interval_size;
    progress(std::min(bytes, total), total);
  };
  const auto status = engine->CreateNewBackupWithMetadata(create, &database.db(), note_of(format));
  if (!status.ok()) return fail(error_of(status));
  ::rocksdb::BackupInfo info;
  if (const auto found = engine->GetLatestBackupInfo(&info); !found.ok()) return fail(error_of(found));
  progress(info.size, info.size);
  return BackupFacts{.bytes = info.size, .format = format, .made = info.timestamp};
}

struct Opened {
  std::unique_ptr<BackupEngineReadOnly> engine;
  ::rocksdb::BackupInfo latest;
};

Result<Opened> open_backup(const std::string& folder) {
  if (!std::filesystem::is_directory(folder)) return fail(unusable(folder, "there is no such folder"));
  BackupEngineReadOnly* made = nullptr;
  const auto status = BackupEngineReadOnly::Open(engine_options(folder), ::rocksdb::Env::Default(), &made);
  if (!status.ok()) return fail(unusable(folder, status.ToString()));
  Opened opened{.engine = std::unique_ptr<BackupEngineReadOnly>(made), .latest = {}};
  if (const auto found = opened.engine->GetLatestBackupInfo(&opened.latest); !found.ok()) {
    std::vector<::rocksdb::BackupID> damaged;
    opened.engine->GetCorruptedBackups(&damaged);
    return fail(unusable(folder, damaged.empty() ? "it is not complete" : "files are missing or damaged"));
  }
  return opened;
}

}  // namespace

Result<BackupFacts> write_backup(Database& database, std::uint64_t format, const std::string& folder,
                                 const BackupProgress& progress, const std::stop_token& stop) {
  TRY(make_folder(folder));
  auto facts = copy(database, format, folder, progress, stop);
  if (!facts) {
    std::error_code ignored;
    std::filesystem::remove_all(folder, ignored);
  }
  return facts;
}

Result<BackupFacts> check_backup(const std::string& folder) {
  TRY_ASSIGN(const Opened opened, open_backup(folder));
  const std::uint64_t format = format_in(opened.latest.app_metadata);
  if (format == 0) return fail(unusable(folder, "Stepwell has not written it"));
  if (format > format_number) return fail(data_format_newer(folder, format, format_number));
  if (format < oldest_format) return fail(data_format_older(folder, format, oldest_format));
  const auto status = opened.engine->VerifyBackup(opened.latest.backup_id, true);
  if (!status.ok()) return fail(unusable(folder, status.ToString()));
  return BackupFacts{.bytes = opened.latest.size, .format = format, .made = opened.latest.timestamp};
}

Result<void> restore_backup(const std::string& folder, const std::string& directory) {
  TRY_ASSIGN(const Opened opened, open_backup(folder));
  const auto status = opened.engine->RestoreDBFromBackup(opened.latest.backup_id, directory, directory);
  if (!status.ok()) return fail(error_of(status));
  std::error_code problem;
  std::filesystem::permissions(directory, std::filesystem::perms::owner_all, problem);
  if (problem) return fail(storage_failed(fmt::format("{}: {}", directory, problem.message())));
  return {};
}

}  // namespace stepwell::store
