#pragma once
// How much work may still be done: what bounds the time of an evaluation where there is no clock. The unit is a step,
// which is looking at one value; work on a text is counted by its length. A step is some tens of nanoseconds at most.

#include <cstddef>
#include <cstdint>

namespace stepwell {

class Budget {
 public:
  explicit constexpr Budget(std::uint64_t steps) : all_(steps), left_(steps) {}

  // False when that was more than was left; nothing is left then.
  [[nodiscard]] constexpr bool spend(std::uint64_t steps) {
    const bool enough = steps <= left_;
    left_ = enough ? left_ - steps : 0;
    return enough;
  }
  constexpr std::uint64_t left() const { return left_; }
  constexpr std::uint64_t spent() const { return all_ - left_; }

 private:
  std::uint64_t all_;
  std::uint64_t left_;
};

// What going through a text once costs.
constexpr std::uint64_t text_steps(std::size_t bytes) { return 1 + bytes / 8; }

}  // namespace stepwell
