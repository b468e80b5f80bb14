#include "net/input_buffer.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace stepwell::net {

asio::mutable_buffer InputBuffer::space(std::size_t capacity) {
  capacity = std::max(capacity, size());
  if (capacity > capacity_ || (empty() && capacity < capacity_)) {
    auto bytes = std::make_unique_for_overwrite<char[]>(capacity);
    if (!empty()) std::memcpy(bytes.get(), bytes_.get() + begin_, size());
    bytes_ = std::move(bytes);
    capacity_ = capacity;
    end_ -= std::exchange(begin_, 0);
  } else if (empty()) {
    begin_ = end_ = 0;
  } else if (end_ == capacity_) {
    std::memmove(bytes_.get(), bytes_.get() + begin_, size());
    end_ -= std::exchange(begin_, 0);
  }
  return {bytes_.get() + end_, capacity_ - end_};
}

}  // namespace stepwell::net
