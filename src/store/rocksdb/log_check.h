#pragma once
// Tells a log that a crash has cut short from one that is damaged. RocksDB itself cannot: it stops at the first record
// that it cannot read, and everything behind that, acknowledged or not, would be gone without a word.
//
// With every write synced, at most one write was under way when the machine stopped: what it left is the last thing in
// the log, and no other record begins behind it. So an unreadable place that whole records follow is damage.
//
// The format is RocksDB's (its wiki, "Write Ahead Log File Format"): blocks of 32 KB; in each, records of checksum
// (4 bytes), length (2), type (1) and data; a write larger than a block goes on in records of their own types.

#include "base/error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::store {

// The first place that cannot be read.
struct LogDamage {
  std::string file;
  std::uint64_t offset = 0;
  bool torn = false;  // only the end is missing, as after a crash in the middle of a write
  bool last = false;  // no write begins behind it, in this file or in a later one
  bool operator==(const LogDamage&) const = default;
};

// Reads all logs (*.log) of a RocksDB directory, in their order. nullopt: each can be read to its end.
Result<std::optional<LogDamage>> check_logs(const std::string& directory);

// Castagnoli's CRC, as RocksDB takes it.
std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes);

}  // namespace stepwell::store
