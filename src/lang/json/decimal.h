#pragma once
// The lexeme of a number taken apart: ±0.d1d2d3… × 10^point, with neither leading nor trailing zeros among the digits,
// so that every mathematical value has one form. Zero has no digits, no sign and point 0. Exponents beyond ±10^17 are
// held at that bound.

#include <cstdint>
#include <string_view>

namespace stepwell::json {

class Decimal {
 public:
  explicit Decimal(std::string_view lexeme);

  bool is_negative() const { return negative_; }
  bool is_zero() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  std::int64_t point() const { return point_; }
  char digit(std::size_t at) const {
    at += skipped_;
    return at < whole_.size() ? whole_[at] : fraction_[at - whole_.size()];
  }

  bool operator==(const Decimal& other) const;

 private:
  std::string_view whole_;     // digits before the point
  std::string_view fraction_;  // and behind it
  std::size_t skipped_ = 0;    // leading zeros of the two together
  std::size_t size_ = 0;
  std::int64_t point_ = 0;
  bool negative_ = false;
};

}  // namespace stepwell::json
