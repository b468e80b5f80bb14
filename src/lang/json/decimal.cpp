#include "lang/json/decimal.h"

#include <algorithm>

namespace stepwell::json {
namespace {

constexpr std::int64_t kLargestExponent = 100'000'000'000'000'000;

std::int64_t parse_exponent(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t exponent = 0;
  for (const char c : text) exponent = std::min(exponent * 10 + (c - '0'), kLargestExponent);
  return negative ? -exponent : exponent;
}

}  // namespace

Decimal::Decimal(std::string_view lexeme) {
  const bool negative = lexeme.starts_with('-');
  if (negative) lexeme.remove_prefix(1);
  const std::size_t mark = lexeme.find_first_of("eE");
  const std::string_view mantissa = lexeme.substr(0, mark);
  const std::size_t dot = mantissa.find('.');
  whole_ = mantissa.substr(0, dot);
  if (dot != std::string_view::npos) fraction_ = mantissa.substr(dot + 1);

  size_ = whole_.size() + fraction_.size();
  while (size_ > 0 && digit(size_ - 1) == '0') --size_;
  while (skipped_ < size_ && digit(0) == '0') ++skipped_;
  size_ -= skipped_;
  if (size_ == 0) return;
  negative_ = negative;
  point_ = static_cast<std::int64_t>(whole_.size()) - static_cast<std::int64_t>(skipped_);
  if (mark != std::string_view::npos) point_ += parse_exponent(lexeme.substr(mark + 1));
}

bool Decimal::operator==(const Decimal& other) const {
  if (negative_ != other.negative_ || size_ != other.size_ || point_ != other.point_) return false;
  for (std::size_t i = 0; i < size_; ++i) {
    if (digit(i) != other.digit(i)) return false;
  }
  return true;
}

}  // namespace stepwell::json
