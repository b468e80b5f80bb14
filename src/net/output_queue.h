#pragma once
// Bytes on their way to a socket: small pieces are joined, large ones are kept as they are and never copied.

#include "net/asio.h"

#include <cstddef>
#include <string>
#include <vector>

#include <boost/asio/buffer.hpp>
#include <boost/container/static_vector.hpp>

namespace stepwell::net {

class OutputQueue {
 public:
  using Buffers = boost::container::static_vector<asio::const_buffer, 16>;

  bool empty() const { return size() == 0; }
  std::size_t size() const;

  std::string& text();  // to append to
  void append(std::string&& bytes);

  // The next bytes to send, in at most as many buffers as one call takes; valid until the queue changes.
  Buffers front() const;
  void consume(std::size_t bytes);
  void clear();

 private:
  std::vector<std::string> pieces_;
  std::size_t first_ = 0;  // the piece that is being sent
  std::size_t sent_ = 0;   // of it
  bool open_ = false;      // the last piece takes more text
};

}  // namespace stepwell::net
