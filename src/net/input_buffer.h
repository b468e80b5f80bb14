#pragma once
// Bytes that have come from a socket and are not yet parsed. The memory moves only in `space`, so a read may be under
// way while the front is consumed.

#include "net/asio.h"

#include <cstddef>
#include <memory>
#include <string_view>

#include <boost/asio/buffer.hpp>

namespace stepwell::net {

class InputBuffer {
 public:
  static constexpr std::size_t kUsual = 4U << 10U;  // holds nearly every request; an idle connection keeps no more

  std::string_view data() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  std::size_t size() const { return end_ - begin_; }

  // Room for more in a buffer of `capacity` bytes, or of what is there already if that is more; empty if it is full.
  asio::mutable_buffer space(std::size_t capacity);
  void commit(std::size_t bytes) { end_ += bytes; }
  void consume(std::size_t bytes) { begin_ += bytes; }

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace stepwell::net
