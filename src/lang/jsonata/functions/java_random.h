#pragma once
// The generator of java.util.Random: $random(seed) gives on AWS what its nextDouble() gives first.

#include <cmath>
#include <cstdint>

namespace stepwell::jsonata {

class JavaRandom {
 public:
  // The seed is a 64-bit integer there; fractions are cut off.
  explicit JavaRandom(double seed) : state_((static_cast<std::uint64_t>(to_integer(seed)) ^ kMultiplier) & kMask) {}

  double next_double() {
    const std::uint64_t high = next(26);
    return static_cast<double>((high << 27) + next(27)) * (1.0 / static_cast<double>(std::uint64_t{1} << 53));
  }

 private:
  static std::int64_t to_integer(double number) {
    if (std::isnan(number)) return 0;
    if (number >= 9.2233720368547748e18) return INT64_MAX;
    if (number <= -9.2233720368547758e18) return INT64_MIN;
    return static_cast<std::int64_t>(number);
  }
  std::uint64_t next(int bits) {
    state_ = (state_ * kMultiplier + 0xB) & kMask;
    return state_ >> (48 - bits);
  }

  static constexpr std::uint64_t kMultiplier = 0x5DEECE66D;
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << 48) - 1;
  std::uint64_t state_;
};

}  // namespace stepwell::jsonata
