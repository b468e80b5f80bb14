#pragma once
// Where grouping separators stand in the integer part of a number. A position is the number of digits to its right.

#include <cstddef>
#include <span>
#include <vector>

namespace stepwell::jsonata {

class Grouping {
 public:
  Grouping() = default;
  // `positions` ascend. They are regular when they are the multiples of one number without a gap: the pattern then goes
  // on to the left of the picture. Separators that differ (`is_uniform` false) are never regular.
  explicit Grouping(std::vector<std::size_t> positions, bool is_uniform = true);

  // 0: not regular
  std::size_t interval() const { return interval_; }
  std::span<const std::size_t> positions() const { return positions_; }

 private:
  std::vector<std::size_t> positions_;
  std::size_t interval_ = 0;
};

}  // namespace stepwell::jsonata
