// stepwell restore: a data directory made of a backup. Version and checksums are looked at first; a directory that has
// data is left as it is.

#include "server/commands/commands.h"
#include "store/errors.h"
#include "store/rocksdb/rocksdb_store.h"

#include <filesystem>

#include <fmt/format.h>

namespace stepwell::server {
namespace {

Result<void> restore_into(const std::string& folder, const std::filesystem::path& data_dir) {
  const std::filesystem::path directory = data_dir / "store";
  std::error_code problem;
  if (std::filesystem::exists(std::filesystem::symlink_status(directory, problem))) {
    return fail(Error{.fault = Fault::client,
                      .code = "DataDirectoryNotEmpty",
                      .message = fmt::format("{} holds data already.", data_dir.string()),
                      .detail = "Name another directory with --data-dir, or move that one out of the way."});
  }
  TRY(store::check_backup(folder));
  // Under its own name only when it is whole, so that no server starts on half of it.
  const std::filesystem::path unfinished = data_dir / "store.unfinished";
  std::filesystem::remove_all(unfinished, problem);
  std::filesystem::create_directories(data_dir, problem);
  if (problem) return fail(store::storage_failed(fmt::format("{}: {}", data_dir.string(), problem.message())));
  TRY(store::restore_backup(folder, unfinished.string()));
  TRY(store::RocksDbStore::open(unfinished.string()));
  std::filesystem::rename(unfinished, directory, problem);
  if (problem) return fail(store::storage_failed(fmt::format("{}: {}", directory.string(), problem.message())));
  return {};
}

}  // namespace

int restore(const RestoreOptions& options) {
  if (const auto restored = restore_into(options.from, options.data_dir); !restored) {
    fmt::print(stderr, "{}: {}\n", restored.error().code, restored.error().message);
    if (!restored.error().detail.empty()) fmt::print(stderr, "{}\n", restored.error().detail);
    return 1;
  }
  fmt::print("{} is restored: stepwell serve --data-dir {}\n", options.from, options.data_dir);
  return 0;
}

}  // namespace stepwell::server
