#pragma once
// Keys and values as bytes. Keys compare as bytes in the order of their parts: numbers are big-endian, text is ended by
// two bytes below every other (0x00 0x01, with 0x00 inside written 0x00 0xff). Values are little: variable-length
// integers and length-prefixed text; a reader that runs past the end or meets nonsense turns `ok()` false and gives
// zeros from there on.

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::store {

class KeyWriter {
 public:
  KeyWriter& u8(std::uint8_t value);
  KeyWriter& u16(std::uint16_t value);
  KeyWriter& u32(std::uint32_t value);
  KeyWriter& u64(std::uint64_t value);
  KeyWriter& descending_u64(std::uint64_t value) { return u64(~value); }
  KeyWriter& text(std::string_view value);
  std::string_view view() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

class KeyReader {
 public:
  explicit KeyReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  std::uint64_t u64();
  std::uint64_t descending_u64();
  std::string text();
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(std::size_t bytes);
  std::string_view rest_;
  bool ok_ = true;
};

// The smallest key greater than every key that begins with `prefix`; empty when there is none.
std::string prefix_end(std::string_view prefix);

class ValueWriter {
 public:
  explicit ValueWriter(std::string& out) : out_(&out) {}
  ValueWriter& u8(std::uint8_t value);
  ValueWriter& varint(std::uint64_t value);
  ValueWriter& signed_varint(std::int64_t value);  // zigzag
  ValueWriter& text(std::string_view value);       // length, bytes

 private:
  std::string* out_;
};

class ValueReader {
 public:
  explicit ValueReader(std::string_view bytes) : rest_(bytes) {}
  std::uint8_t u8();
  std::uint64_t varint();
  std::int64_t signed_varint();
  std::string_view text();  // a view of the bytes read
  bool ok() const { return ok_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace stepwell::store
