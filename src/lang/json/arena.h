#pragma once
// A bump allocator. JSON values, strings and whatever lives as long as they do are placed here and freed together; no
// destructor is run, so only trivially destructible things may be placed. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stepwell::json {

class Arena {
 public:
  // The first block is allocated with the first use.
  Arena() = default;
  // What was placed stays where it is; the arena moved from is empty.
  Arena(Arena&& other) noexcept { swap(other); }
  Arena& operator=(Arena&& other) noexcept {
    Arena taken(std::move(other));
    swap(taken);
    return *this;
  }

  void* allocate(std::size_t bytes, std::size_t alignment) {
    const auto at = (reinterpret_cast<std::uintptr_t>(next_) + alignment - 1) & ~(alignment - 1);
    if (next_ == nullptr || at + bytes > reinterpret_cast<std::uintptr_t>(end_)) return allocate_slow(bytes, alignment);
    next_ = reinterpret_cast<std::byte*>(at + bytes);
    return reinterpret_cast<void*>(at);
  }

  template <typename T, typename... Arguments>
  T* make(Arguments&&... arguments) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Arguments>(arguments)...};
  }

  // Uninitialised room for `count` values.
  template <typename T>
  std::span<T> make_array(std::size_t count) {
    static_assert(std::is_trivially_destructible_v<T> && std::is_trivially_copyable_v<T>);
    return {static_cast<T*>(allocate(sizeof(T) * count, alignof(T))), count};
  }

  std::string_view copy(std::string_view text);

  // Bytes taken from the system so far: what compaction and memory bounds look at.
  std::size_t bytes() const { return bytes_; }
  // Forgets everything; the largest block is kept for the next use.
  void reset();

 private:
  struct Block {
    std::unique_ptr<std::byte[]> memory;
    std::size_t size;
  };
  void swap(Arena& other) noexcept {
    std::swap(next_, other.next_);
    std::swap(end_, other.end_);
    std::swap(bytes_, other.bytes_);
    blocks_.swap(other.blocks_);
  }
  void* allocate_slow(std::size_t bytes, std::size_t alignment);

  std::byte* next_ = nullptr;
  std::byte* end_ = nullptr;
  std::size_t bytes_ = 0;
  std::vector<Block> blocks_;
};

}  // namespace stepwell::json
