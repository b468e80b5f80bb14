#pragma once
// Chance with a seed. Each part of a simulation has dice of its own, so that leaving one part out (a fault, a client)
// does not change what the others throw.

#include "base/ports.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace stepwell::engine::sim {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view part) : random_(mix(seed, part)) {}

  std::uint64_t below(std::uint64_t bound) { return bound == 0 ? 0 : random_.next() % bound; }
  std::uint64_t between(std::uint64_t least, std::uint64_t most) { return least + below(most - least + 1); }
  bool one_in(std::uint64_t times) { return below(times) == 0; }
  bool percent(std::uint64_t chance) { return below(100) < chance; }
  Duration milliseconds(std::uint64_t least, std::uint64_t most) { return Duration(between(least, most)); }
  template <typename Range>
  auto& pick(Range& range) {
    return range[below(std::size(range))];
  }
  Random& random() { return random_; }

 private:
  static std::uint64_t mix(std::uint64_t seed, std::string_view part) {
    std::uint64_t hash = seed ^ 0xcbf29ce484222325U;
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ (hash >> 33U)) * 0xff51afd7ed558ccdU;
    return (hash ^ (hash >> 29U)) | 1U;
  }
  SeededRandom random_;
};

}  // namespace stepwell::engine::sim
