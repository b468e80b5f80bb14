#pragma once
// Chance from a seed, the same on every machine.

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace stepwell::differential {

class Dice {
 public:
  // Neighbouring seeds have nothing in common.
  explicit Dice(std::uint64_t seed) : state_(seed) { state_ = next() ^ (next() << 1U); }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15U);
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
    return z ^ (z >> 31U);
  }
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  bool chance(unsigned percent) { return below(100) < percent; }
  std::string_view pick(std::initializer_list<std::string_view> of) { return of.begin()[below(of.size())]; }

 private:
  std::uint64_t state_;
};

}  // namespace stepwell::differential
