#include "store/rocksdb/log_check.h"

#include "store/errors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include <fmt/format.h>

namespace stepwell::store {
namespace {

constexpr std::size_t block_bytes = 32U << 10U;
constexpr std::size_t header_bytes = 7;

// The types of records that we have RocksDB write.
enum class RecordType : std::uint8_t { zero, full, first, middle, last };

constexpr auto crc_table = [] {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < table.size(); ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1U) ^ ((crc & 1U) != 0 ? 0x82f63b78U : 0U);
    table[byte] = crc;
  }
  return table;
}();

// RocksDB stores checksums changed in this way, because what they protect may hold checksums itself.
std::uint32_t masked(std::uint32_t crc) { return ((crc >> 15U) | (crc << 17U)) + 0xa282ead8U; }

std::uint32_t little_endian_32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value |= std::uint32_t{static_cast<std::uint8_t>(bytes[i])} << (8 * i);
  return value;
}

struct Record {
  enum class State : std::uint8_t { whole, torn, damaged };
  State state = State::damaged;
  RecordType type = RecordType::zero;
  std::size_t bytes = 0;  // with its header; 0: where the next one begins is not known
};

// The record at the beginning of what is left of a block.
Record read_record(std::string_view rest, bool end_of_file) {
  if (rest.size() < header_bytes) return {.state = Record::State::torn};
  const std::size_t length = static_cast<std::uint8_t>(rest[4]) | std::size_t{static_cast<std::uint8_t>(rest[5])} << 8U;
  const auto type = static_cast<RecordType>(rest[6]);
  const bool known = type >= RecordType::full && type <= RecordType::last;
  if (header_bytes + length > rest.size())
    return {.state = known && end_of_file ? Record::State::torn : Record::State::damaged};
  const std::uint32_t crc = masked(crc32c(0, rest.substr(6, 1 + length)));
  Record record{.state = Record::State::whole, .type = type, .bytes = header_bytes + length};
  if (!known || crc != little_endian_32(rest)) record.state = Record::State::damaged;
  return record;
}

class Checker {
 public:
  void begin(const std::string& file) {
    file_ = file;
    begun_.reset();
  }

  // False: a write begins behind the damage, so all is known.
  bool block(std::uint64_t offset, std::string_view bytes, bool end_of_file) {
    std::size_t at = 0;
    // What is left at the end of a block and too small for a header is filled up with zeros.
    while (bytes.size() - at >= header_bytes || (at < bytes.size() && bytes.size() < block_bytes)) {
      const Record record = read_record(bytes.substr(at), end_of_file);
      if (record.state == Record::State::whole) {
        if (!whole(record, offset + at)) return false;
      } else {
        damaged(offset + at, record.state == Record::State::torn);
      }
      if (record.bytes == 0) break;
      at += record.bytes;
    }
    if (end_of_file && begun_) damaged(*begun_, true);
    return true;
  }

  std::optional<LogDamage> found() { return std::move(damage_); }

 private:
  bool whole(const Record& record, std::uint64_t offset) {
    const bool begins = record.type == RecordType::full || record.type == RecordType::first;
    if (begins == begun_.has_value()) damaged(begun_.value_or(offset), false);
    if (damage_ && begins) {
      damage_->last = false;
      return false;
    }
    if (record.type == RecordType::first) begun_ = offset;
    if (record.type == RecordType::last) begun_.reset();
    return true;
  }

  void damaged(std::uint64_t offset, bool torn) {
    if (!damage_) damage_ = {.file = file_, .offset = offset, .torn = torn, .last = true};
  }

  std::string file_;
  std::optional<std::uint64_t> begun_;  // where the write began whose parts are being read
  std::optional<LogDamage> damage_;
};

std::vector<std::filesystem::path> logs_in(const std::string& directory) {
  std::vector<std::filesystem::path> logs;
  std::error_code problem;
  for (const auto& entry : std::filesystem::directory_iterator(directory, problem)) {
    if (entry.path().extension() == ".log") logs.push_back(entry.path());
  }
  // Their names are numbers of six digits at least.
  std::ranges::sort(logs, [](const auto& a, const auto& b) {
    const std::string left = a.filename().string();
    const std::string right = b.filename().string();
    return left.size() != right.size() ? left.size() < right.size() : left < right;
  });
  return logs;
}

}  // namespace

std::uint32_t crc32c(std::uint32_t crc, std::string_view bytes) {
  crc = ~crc;
  for (const char byte : bytes) crc = crc_table[(crc ^ static_cast<std::uint8_t>(byte)) & 0xffU] ^ (crc >> 8U);
  return ~crc;
}

Result<std::optional<LogDamage>> check_logs(const std::string& directory) {
  Checker checker;
  std::string block(block_bytes, '\0');
  for (const std::filesystem::path& log : logs_in(directory)) {
    std::ifstream file(log, std::ios::binary);
    if (!file) return fail(storage_failed(fmt::format("{} cannot be opened", log.string())));
    checker.begin(log.string());
    std::uint64_t offset = 0;
    while (file.read(block.data(), block_bytes) || file.gcount() > 0) {
      const std::string_view bytes(block.data(), static_cast<std::size_t>(file.gcount()));
      const bool end_of_file = file.peek() == std::ifstream::traits_type::eof();
      if (!checker.block(offset, bytes, end_of_file)) return checker.found();
      offset += bytes.size();
    }
    if (file.bad()) return fail(storage_failed(fmt::format("{} cannot be read", log.string())));
  }
  return checker.found();
}

}  // namespace stepwell::store
