#include "base/check.h"
#include "lang/json/decimal.h"
#include "lang/json/value.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <string>

namespace stepwell::json {

Value Value::integer(Arena& arena, std::int64_t value) {
  char text[20];
  const auto result = std::to_chars(text, text + sizeof(text), value);
  return number(arena.copy({text, result.ptr}));
}

namespace {

// The digits of the shortest form and the place of the point among them, as ECMAScript's Number::toString needs them.
struct Shortest {
  bool negative;
  std::string_view digits;
  int point;
};

Shortest shortest(double value, std::span<char, 32> text) {
  // d.ddde±xx
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::scientific);
  std::string_view form(text.data(), result.ptr);
  const bool negative = form.starts_with('-');
  if (negative) form.remove_prefix(1);
  const std::size_t mark = form.find('e');
  int exponent = 0;
  const char* const exponent_at = form.data() + mark + (form[mark + 1] == '+' ? 2 : 1);
  std::from_chars(exponent_at, form.data() + form.size(), exponent);
  // Close the gap of the point.
  char* const first = text.data() + (negative ? 1 : 0);
  if (mark > 1) std::copy(first + 2, first + mark, first + 1);
  return {negative, {first, mark > 1 ? mark - 1 : 1}, exponent + 1};
}

void append_exponential(std::string& out, std::string_view digits, int exponent) {
  out += digits.front();
  if (digits.size() > 1) out.append(".").append(digits.substr(1));
  out.append(exponent < 0 ? "e-" : "e+").append(std::to_string(std::abs(exponent)));
}

void append_fixed(std::string& out, std::string_view digits, int point) {
  if (point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-point), '0').append(digits);
    return;
  }
  const auto whole = static_cast<std::size_t>(point);
  out.append(digits.substr(0, whole));
  if (digits.size() < whole) out.append(whole - digits.size(), '0');
  if (digits.size() > whole) out.append(".").append(digits.substr(whole));
}

}  // namespace

Value Value::real(Arena& arena, double value) {
  CHECK(std::isfinite(value));
  if (value == 0) return number("0");
  std::array<char, 32> text;
  const Shortest form = shortest(value, text);
  std::string out(form.negative ? "-" : "");
  if (form.point > -6 && form.point <= 21) {
    append_fixed(out, form.digits, form.point);
  } else {
    append_exponential(out, form.digits, form.point - 1);
  }
  return number(arena.copy(out));
}

double Value::as_double() const {
  const std::string_view text = lexeme();
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc()) return value;
  const Decimal decimal(text);
  const double magnitude = decimal.point() > 0 ? std::numeric_limits<double>::infinity() : 0.0;
  return decimal.is_negative() ? -magnitude : magnitude;
}

std::optional<std::int64_t> Value::as_integer() const {
  const std::string_view text = lexeme();
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ec == std::errc() && result.ptr == text.data() + text.size()) return value;

  // With a fraction or an exponent: an integer when no digit stands behind the point.
  const Decimal decimal(text);
  if (decimal.is_zero()) return 0;
  if (decimal.point() > 19 || decimal.point() < static_cast<std::int64_t>(decimal.size())) return std::nullopt;
  std::uint64_t magnitude = 0;
  for (std::size_t i = 0; i < static_cast<std::size_t>(decimal.point()); ++i) {
    magnitude = magnitude * 10 + (i < decimal.size() ? static_cast<std::uint64_t>(decimal.digit(i) - '0') : 0);
  }
  constexpr std::uint64_t kLargest = std::numeric_limits<std::int64_t>::max();
  if (magnitude > kLargest + (decimal.is_negative() ? 1 : 0)) return std::nullopt;
  return static_cast<std::int64_t>(decimal.is_negative() ? 0 - magnitude : magnitude);
}

}  // namespace stepwell::json
