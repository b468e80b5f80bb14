#include "store/rocksdb/tuning.h"

#include <rocksdb/cache.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

namespace stepwell::store {
namespace {

// Four shards: an index or filter of a file must fit into one, or every read would load it again.
constexpr int cache_shard_bits = 2;
constexpr int filter_bits_per_key = 10;  // one look-up in a hundred is in vain
constexpr std::size_t block_bytes = 8U << 10U;
constexpr std::uint64_t file_bytes = 16U << 20U;
constexpr std::uint64_t first_level_bytes = 64U << 20U;
constexpr int write_buffers = 3;  // one that fills, two that are being written to files
constexpr int open_files = 512;
constexpr std::size_t manifest_bytes = 256U << 10U;
constexpr std::uint64_t background_sync_bytes = 1U << 20U;

::rocksdb::ColumnFamilyOptions family_options(const RocksDbOptions& options,
                                              const std::shared_ptr<::rocksdb::Cache>& cache, std::size_t prefix) {
  ::rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = block_bytes;
  table.filter_policy.reset(::rocksdb::NewBloomFilterPolicy(filter_bits_per_key));
  table.whole_key_filtering = prefix == 0;
  // Indexes and filters count as memory of the cache, which bounds it whatever the size of the data.
  table.cache_index_and_filter_blocks = true;
  table.cache_index_and_filter_blocks_with_high_priority = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;

  ::rocksdb::ColumnFamilyOptions tuned;
  tuned.table_factory.reset(::rocksdb::NewBlockBasedTableFactory(table));
  // Files that were written without have filters of whole keys, which RocksDB knows and asks for gets only.
  if (prefix > 0) tuned.prefix_extractor.reset(::rocksdb::NewFixedPrefixTransform(prefix));
  tuned.write_buffer_size = options.write_buffer_bytes;
  tuned.max_write_buffer_number = write_buffers;
  tuned.target_file_size_base = file_bytes;
  tuned.max_bytes_for_level_base = first_level_bytes;
  tuned.level_compaction_dynamic_level_bytes = true;
  // Nearly everything comes to rest on the last level: there the better compression is worth its time.
  tuned.compression = ::rocksdb::kLZ4Compression;
  tuned.bottommost_compression = ::rocksdb::kZSTD;
  return tuned;
}

}  // namespace

::rocksdb::DBOptions database_options(const RocksDbOptions& options) {
  ::rocksdb::DBOptions tuned;
  tuned.create_if_missing = true;
  // Two cores: one thread writes buffers to files, one compacts.
  tuned.max_background_jobs = 2;
  // One write goes on at a time: there is nobody to wait for with a spinning lock.
  tuned.enable_write_thread_adaptive_yield = false;
  // The log is shared, so a table that is seldom written would keep it; beyond this size such a table goes to a file.
  tuned.max_total_wal_size = options.log_bytes;
  // Without a bound of their own, the buffers of many tables that fill slowly are memory that grows for hours.
  tuned.db_write_buffer_size = options.all_write_buffers_bytes;
  // Files go to the device as they are written: a long sync at their end would hold up the log's.
  tuned.bytes_per_sync = background_sync_bytes;
  // Files are deleted by the background threads, not by the reader that let go of them last.
  tuned.avoid_unnecessary_blocking_io = true;
  // A small volume is not filled with space that the list of files will never need.
  tuned.manifest_preallocation_size = manifest_bytes;
  // The start reads what it needs only.
  tuned.max_open_files = open_files;
  tuned.max_file_opening_threads = 1;
  tuned.skip_stats_update_on_db_open = true;
  // The list of files has a checksum of each: a copy of a damaged file is noticed when it is made.
  tuned.file_checksum_gen_factory = ::rocksdb::GetFileChecksumGenCrc32cFactory();
  // No thread for statistics, no megabytes of RocksDB's own log.
  tuned.stats_dump_period_sec = 0;
  tuned.stats_persist_period_sec = 0;
  tuned.info_log_level = ::rocksdb::WARN_LEVEL;
  tuned.max_log_file_size = 1U << 20U;
  tuned.keep_log_file_num = 2;
  return tuned;
}

FamilyOptions::FamilyOptions(const RocksDbOptions& options) {
  const auto cache = ::rocksdb::NewLRUCache(options.block_cache_bytes, cache_shard_bits);
  for (const TableInfo& info : all_tables) {
    const std::size_t prefix = prefix_bytes(info.table);
    if (!by_prefix_.contains(prefix)) by_prefix_.emplace(prefix, family_options(options, cache, prefix));
  }
}

}  // namespace stepwell::store
