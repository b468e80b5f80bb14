#include "lang/json/arena.h"

#include <algorithm>
#include <cstring>

namespace stepwell::json {
namespace {

constexpr std::size_t kFirstBlock = std::size_t{4} << 10;
constexpr std::size_t kLargestBlock = std::size_t{1} << 20;

std::byte* align(std::byte* at, std::size_t alignment) {
  const auto address = reinterpret_cast<std::uintptr_t>(at);
  return at + ((alignment - address % alignment) % alignment);
}

}  // namespace

void* Arena::allocate_slow(std::size_t bytes, std::size_t alignment) {
  // Blocks double, so that a tree costs few allocations and small ones stay small.
  const std::size_t usual = std::clamp(bytes_, kFirstBlock, kLargestBlock);
  const std::size_t needed = bytes + (alignment > __STDCPP_DEFAULT_NEW_ALIGNMENT__ ? alignment : 0);
  const std::size_t size = std::max(usual, needed);
  blocks_.push_back({std::make_unique_for_overwrite<std::byte[]>(size), size});
  bytes_ += size;
  std::byte* const begin = align(blocks_.back().memory.get(), alignment);
  // What is large gets a block of its own; the rest of the current one stays in use.
  if (needed <= usual / 2 || next_ == nullptr) {
    next_ = begin + bytes;
    end_ = blocks_.back().memory.get() + size;
  }
  return begin;
}

std::string_view Arena::copy(std::string_view text) {
  if (text.empty()) return {};
  char* const to = static_cast<char*>(allocate(text.size(), 1));
  std::memcpy(to, text.data(), text.size());
  return {to, text.size()};
}

void Arena::reset() {
  if (blocks_.empty()) return;
  auto largest = std::ranges::max_element(blocks_, {}, &Block::size);
  std::swap(blocks_.front(), *largest);
  blocks_.resize(1);
  bytes_ = blocks_.front().size;
  next_ = blocks_.front().memory.get();
  end_ = next_ + bytes_;
}

}  // namespace stepwell::json
