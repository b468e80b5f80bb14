#pragma once
// Appends to a string through a cursor: room is made ahead, ever doubling, and given back at the end.

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace stepwell::json {

class Writer {
 public:
  explicit Writer(std::string& out) : out_(out), start_(out.size()), at_(out.data() + start_), end_(at_) {}
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer() { out_.resize(position()); }

  // Afterwards `bytes` may be put.
  void reserve(std::size_t bytes) {
    if (static_cast<std::size_t>(end_ - at_) < bytes) [[unlikely]]
      grow(bytes);
  }
  std::size_t written() const { return position() - start_; }

  // All of these need room.
  void put(char c) { *at_++ = c; }
  void put(std::string_view text) {
    std::memcpy(at_, text.data(), text.size());
    at_ += text.size();
  }
  void put(char c, std::size_t count) {
    std::memset(at_, c, count);
    at_ += count;
  }

  // A JSON string with its quotation marks; makes the room it needs.
  void put_string(std::string_view text);

 private:
  std::size_t position() const { return static_cast<std::size_t>(at_ - out_.data()); }
  [[gnu::noinline]] void grow(std::size_t bytes);
  std::size_t put_clean(std::string_view text);
  void put_escaped(unsigned char byte);

  std::string& out_;
  std::size_t start_;
  char* at_;
  char* end_;
};

}  // namespace stepwell::json
