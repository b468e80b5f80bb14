#pragma once
// A set of the tests of a pattern.

#include <array>
#include <cstddef>
#include <cstdint>

namespace stepwell::event_pattern {

class Marks {
 public:
  static constexpr std::size_t capacity = 512;

  void add(std::size_t test) { words_[test / 64] |= std::uint64_t{1} << (test % 64); }
  bool has(std::size_t test) const { return (words_[test / 64] >> (test % 64) & 1U) != 0; }
  bool empty() const { return *this == Marks{}; }
  bool contains(const Marks& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((other.words_[i] & ~words_[i]) != 0) return false;
    }
    return true;
  }
  Marks& operator|=(const Marks& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  Marks without(const Marks& other) const {
    Marks left = *this;
    for (std::size_t i = 0; i < words_.size(); ++i) left.words_[i] &= ~other.words_[i];
    return left;
  }
  bool operator==(const Marks&) const = default;

 private:
  std::array<std::uint64_t, capacity / 64> words_{};
};

}  // namespace stepwell::event_pattern
