#pragma once
// The store in a directory, kept by RocksDB: a log-structured tree whose durable write is one append to a log.
//
// Writing. Every waiting batch goes into one write with one sync (store/gatherer.h). With Sync::always a batch is
// acknowledged when it is on the device. With Sync::interval it is acknowledged before: a crash of the machine may lose
// the last `sync_interval` of acknowledged batches (a crash of the process loses none); it is never chosen silently.
//
// One column family per table, all in one log. Measured on 600 MB of the engine's writes (five puts of 200 bytes to
// five tables a commit) against one family with the table in front of the key: 40 % less CPU a commit (15 against 25
// µs, compaction included) and two thirds of the bytes written, because tables that only grow at their end are not
// rewritten together with those that churn; and a range erased in one table burdens no other. The price is 0.3 ms and
// 30 KB a family at a start, so a table has none before its first write (database.h).
//
// Erasing a range. RocksDB's range tombstones slow every later read of their table (10,000 in the write buffer: 3 ms a
// read), so ranges that hold few keys are erased key by key; only longer ones leave a tombstone.
//
// Reading. A get costs 3–5 µs, mostly one bloom filter for each file that does not hold the key; checksums are verified
// on every read from a file. A cursor whose bounds share a prefix of the table (store/prefixes.def) asks the filters too;
// every other reads a block of each file around its place. It pins files and buffers: drop it soon.
//
// Read-only. Nothing of the data is written: what stands in the log only is kept in memory. There must be a store, of
// this format; commits fail. The directory is locked all the same, as it would change below the reader.
//
// Damage. Every block of a file and every record of the log has a checksum. A read that meets a damaged block answers
// "StorageCorrupted" and names the file; other data is served. A background job that meets one ends all writing with
// that error. A log that cannot be read to its end is cut where a crash has cut it off; one whose unreadable place is
// followed by other writes is not opened (log_check.h), but with Sync::interval, whose logs a crash of the machine may
// leave with holes: what follows is then dropped, and said to `warn`.
//
// Failure. A commit that would leave less than `reserved_bytes` free on the volume answers "StorageFull"; a later one,
// at most one per `full_retry`, tries again. The reserve is for RocksDB's background work, and keeps its log from
// meeting a full volume, from which it does not recover. Every other failure to write is final ("StorageFailed") until
// the store is opened anew: after a failed sync nobody knows what is on the device. A batch that failed so is not
// visible, but may be found by the next open, as its log record may have survived; whoever got the error must treat it
// as unknown.

#include "store/gatherer.h"
#include "store/rocksdb/backup.h"
#include "store/store.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace stepwell::store {

struct RocksDbOptions {
  enum class Access { read_write, read_only };
  Access access = Access::read_write;

  enum class Sync { always, interval };
  Sync sync = Sync::always;
  std::chrono::milliseconds sync_interval{100};

  std::size_t block_cache_bytes = 32U << 20U;  // blocks read from files, with their indexes and filters
  std::size_t write_buffer_bytes = 8U << 20U;  // of one table, before it goes to a file
  std::size_t all_write_buffers_bytes = 40U << 20U;
  std::size_t log_bytes = 32U << 20U;          // bounds what is replayed after a crash: about 150 ms
  std::size_t reserved_bytes = 64U << 20U;     // kept free on the volume
  std::chrono::milliseconds full_retry{1000};
  GathererLimits gatherer{};
  std::function<void(std::string_view)> warn = [](std::string_view) {};  // for the operator's log
};

class RocksDbStore final : public Store {
 public:
  using Options = RocksDbOptions;

  // Makes the directory when it is missing (readable by its owner only) and may be written. Errors:
  // "DataDirectoryLocked" when another process has it open, "DataFormatUnknown" when another version wrote it, and
  // those of storage.
  static Result<std::unique_ptr<RocksDbStore>> open(const std::string& directory, Options options = {});

  // Finishes every commit handed over, writes the buffers to files, so that the next start has nothing to replay,
  // closes.
  ~RocksDbStore() override;
  RocksDbStore(const RocksDbStore&) = delete;
  RocksDbStore& operator=(const RocksDbStore&) = delete;

  Result<std::optional<std::string>> get(Table table, std::string_view key) override;
  std::unique_ptr<Cursor> scan(Table table, std::string_view from, std::string_view to, Direction direction) override;
  Ticket write(Batch batch, Committed committed) override;
  Statistics statistics() const override;

  // A copy in a folder that is not there yet (backup.h), on the caller's thread; the store works meanwhile.
  Result<BackupFacts> backup(const std::string& folder, const BackupProgress& progress, const std::stop_token& stop);

 private:
  struct Parts;
  explicit RocksDbStore(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace stepwell::store
