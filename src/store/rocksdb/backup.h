#pragma once
// Copies of a store in a folder, and stores made of them, by RocksDB's own backups: a copy has every file that the
// store had at one moment, each with a checksum, and is complete when its list of files is there, which is written
// last.
//
// A copy can be made while the store works: what was acknowledged before its beginning is in it. The checksums that the
// store keeps of its files are compared while they are read, so a damaged store has no copy. Nothing of a copy is
// shared with the store, neither files nor blocks of the volume.
//
// Errors: those of storage, "BackupFolderExists", "BackupUnusable".

#include "base/error.h"

#include <cstdint>
#include <functional>
#include <stop_token>
#include <string>

namespace stepwell::store {

class Database;

struct BackupFacts {
  std::uint64_t bytes = 0;
  std::uint64_t format = 0;  // store/format.h
  std::int64_t made = 0;     // seconds since the epoch
};

// Bytes so far, and about how many there are. Called on another thread.
using BackupProgress = std::function<void(std::uint64_t bytes, std::uint64_t total)>;

// Into a folder that is not there yet. What a failure or a stop leaves unfinished is removed.
Result<BackupFacts> write_backup(Database& database, std::uint64_t format, const std::string& folder,
                                 const BackupProgress& progress, const std::stop_token& stop);

// Reads every file of a copy and compares its checksum.
Result<BackupFacts> check_backup(const std::string& folder);

// Makes the store of a directory that is not there yet, of a copy that has been checked.
Result<void> restore_backup(const std::string& folder, const std::string& directory);

}  // namespace stepwell::store
