#include "store/codec.h"

#include <bit>
#include <type_traits>

namespace stepwell::store {
namespace {

// Inside the text of a key, 0x00 is the escape: what follows it says whether it stands for itself or ends the text.
constexpr char escape = '\x00';
constexpr char end_of_text = '\x01';
constexpr char escaped_zero = '\xff';

template <typename Number>
void append_big_endian(std::string& out, Number value) {
  if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
  std::array<char, sizeof value> bytes;
  std::memcpy(bytes.data(), &value, sizeof value);
  out.append(bytes.data(), bytes.size());
}

template <typename Number>
Number big_endian(std::string_view bytes) {
  Number value = 0;
  if (bytes.size() != sizeof value) return value;
  std::memcpy(&value, bytes.data(), sizeof value);
  if constexpr (std::endian::native == std::endian::little) value = std::byteswap(value);
  return value;
}

}  // namespace

KeyWriter& KeyWriter::u8(std::uint8_t value) {
  bytes_.push_back(static_cast<char>(value));
  return *this;
}

KeyWriter& KeyWriter::u16(std::uint16_t value) {
  append_big_endian(bytes_, value);
  return *this;
}

KeyWriter& KeyWriter::u32(std::uint32_t value) {
  append_big_endian(bytes_, value);
  return *this;
}

KeyWriter& KeyWriter::u64(std::uint64_t value) {
  append_big_endian(bytes_, value);
  return *this;
}

KeyWriter& KeyWriter::text(std::string_view value) {
  bytes_.reserve(bytes_.size() + value.size() + 2);
  for (std::size_t zero = value.find(escape); zero != std::string_view::npos; zero = value.find(escape)) {
    bytes_.append(value.substr(0, zero + 1)).push_back(escaped_zero);
    value.remove_prefix(zero + 1);
  }
  bytes_.append(value).push_back(escape);
  bytes_.push_back(end_of_text);
  return *this;
}

std::string_view KeyReader::take(std::size_t bytes) {
  if (bytes > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view part = rest_.substr(0, bytes);
  rest_.remove_prefix(bytes);
  return part;
}

std::uint8_t KeyReader::u8() { return big_endian<std::uint8_t>(take(sizeof(std::uint8_t))); }
std::uint16_t KeyReader::u16() { return big_endian<std::uint16_t>(take(sizeof(std::uint16_t))); }
std::uint32_t KeyReader::u32() { return big_endian<std::uint32_t>(take(sizeof(std::uint32_t))); }
std::uint64_t KeyReader::u64() { return big_endian<std::uint64_t>(take(sizeof(std::uint64_t))); }

std::uint64_t KeyReader::descending_u64() {
  const std::uint64_t value = u64();
  return ok_ ? ~value : 0;
}

std::string KeyReader::text() {
  std::string value;
  while (true) {
    const std::size_t zero = rest_.find(escape);
    // Without an escape the text has no end: ask for more bytes than there are.
    value.append(take(zero == std::string_view::npos ? rest_.size() + 1 : zero));
    const std::string_view mark = take(2);
    if (!ok_) return {};
    if (mark[1] == end_of_text) return value;
    if (mark[1] != escaped_zero) break;
    value.push_back(escape);
  }
  ok_ = false;
  rest_ = {};
  return {};
}

std::string prefix_end(std::string_view prefix) {
  std::string end(prefix.substr(0, prefix.find_last_not_of('\xff') + 1));
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

ValueWriter& ValueWriter::u8(std::uint8_t value) {
  out_->push_back(static_cast<char>(value));
  return *this;
}

ValueWriter& ValueWriter::varint(std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) out_->push_back(static_cast<char>(value | 0x80U));
  out_->push_back(static_cast<char>(value));
  return *this;
}

ValueWriter& ValueWriter::signed_varint(std::int64_t value) {
  const auto bits = static_cast<std::uint64_t>(value);
  return varint((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
}

ValueWriter& ValueWriter::text(std::string_view value) {
  varint(value.size());
  out_->append(value);
  return *this;
}

std::uint8_t ValueReader::u8() {
  if (rest_.empty()) {
    ok_ = false;
    return 0;
  }
  const auto value = static_cast<std::uint8_t>(rest_.front());
  rest_.remove_prefix(1);
  return value;
}

std::uint64_t ValueReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !rest_.empty(); shift += 7) {
    const std::uint64_t byte = u8();
    // The tenth byte has room for one bit.
    if (shift == 63 && byte > 1) break;
    value |= (byte & 0x7fU) << shift;
    if (byte < 0x80) return value;
  }
  ok_ = false;
  rest_ = {};
  return 0;
}

std::int64_t ValueReader::signed_varint() {
  const std::uint64_t bits = varint();
  return static_cast<std::int64_t>((bits >> 1U) ^ ((bits & 1U) != 0 ? ~std::uint64_t{0} : 0));
}

std::string_view ValueReader::text() {
  const std::uint64_t length = varint();
  if (length > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view value = rest_.substr(0, length);
  rest_.remove_prefix(length);
  return value;
}

}  // namespace stepwell::store
