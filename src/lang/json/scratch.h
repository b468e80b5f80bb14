#pragma once
// A stack of plain things for the time of one call: the first `inline_count` live in the stack frame, more of them on
// the heap. What is above the size is uninitialised.

#include <cstddef>
#include <cstring>
#include <memory>
#include <span>
#include <type_traits>

namespace stepwell::json {

template <typename T, std::size_t inline_count>
class Scratch {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  // Made in place: what is written in pieces and read as a whole at once would stall.
  template <typename... Arguments>
  void push(Arguments... arguments) {
    if (size_ == capacity_) [[unlikely]]
      grow();
    new (static_cast<void*>(data_ + size_)) T{arguments...};
    ++size_;
  }
  T pop() { return data_[--size_]; }
  T& back() { return data_[size_ - 1]; }
  void shrink_to(std::size_t size) { size_ = size; }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<T> from(std::size_t first) { return {data_ + first, size_ - first}; }

 private:
  [[gnu::noinline]] void grow() {
    const std::size_t capacity = capacity_ * 4;
    auto memory = std::make_unique_for_overwrite<std::byte[]>(capacity * sizeof(T));
    std::memcpy(memory.get(), static_cast<const void*>(data_), size_ * sizeof(T));
    heap_ = std::move(memory);
    data_ = reinterpret_cast<T*>(heap_.get());
    capacity_ = capacity;
  }

  alignas(T) std::byte inline_[inline_count * sizeof(T)];
  T* data_ = reinterpret_cast<T*>(inline_);
  std::size_t size_ = 0;
  std::size_t capacity_ = inline_count;
  std::unique_ptr<std::byte[]> heap_;
};

}  // namespace stepwell::json
