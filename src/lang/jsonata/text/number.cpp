#include "lang/jsonata/text/number.h"

#include <charconv>
#include <cmath>
#include <cstdint>

namespace stepwell::jsonata {
namespace {

// ±0.d1d2d3… × 10^point
struct Digits {
  bool is_negative = false;
  std::string digits;
  int point = 0;
};

// `precision` < 0: as few digits as read back the same.
Digits digits_of(double number, int precision) {
  char text[128];
  const auto result =
      precision < 0
          ? std::to_chars(text, text + sizeof(text), std::abs(number), std::chars_format::scientific)
          : std::to_chars(text, text + sizeof(text), std::abs(number), std::chars_format::scientific, precision);
  const std::string_view form(text, result.ptr);
  const std::size_t mark = form.find('e');
  Digits made{.is_negative = std::signbit(number), .digits = {}, .point = 0};
  made.digits = form[0];
  if (mark > 1) made.digits += form.substr(2, mark - 2);
  const std::size_t sign = form[mark + 1] == '+' ? 1 : 0;
  std::from_chars(form.data() + mark + 1 + sign, form.data() + form.size(), made.point);
  ++made.point;
  return made;
}

double read(const Digits& digits) {
  const std::string text = "0." + digits.digits + "e" + std::to_string(digits.point);
  double number = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), number);
  if (result.ec == std::errc::result_out_of_range) number = digits.point > 0 ? HUGE_VAL : 0;
  return digits.is_negative ? -number : number;
}

}  // namespace

void append_number(std::string& out, double number) {
  if (number == std::floor(number) && std::abs(number) < 1e15) {
    char text[24];
    const auto result = std::to_chars(text, text + sizeof(text), static_cast<std::int64_t>(number));
    out.append(text, result.ptr);
    return;
  }
  const Digits form = digits_of(number, -1);
  const std::string_view digits = form.digits;
  if (form.is_negative) out += '-';
  if (form.point > 21 || form.point <= -6) {
    out += digits[0];
    if (digits.size() > 1) out.append(1, '.').append(digits.substr(1));
    out.append(form.point > 0 ? "e+" : "e-").append(std::to_string(std::abs(form.point - 1)));
  } else if (form.point <= 0) {
    out.append("0.").append(static_cast<std::size_t>(-form.point), '0').append(digits);
  } else {
    const auto whole = static_cast<std::size_t>(form.point);
    out.append(digits.substr(0, whole));
    if (digits.size() < whole) out.append(whole - digits.size(), '0');
    if (digits.size() > whole) out.append(1, '.').append(digits.substr(whole));
  }
}

std::string number_text(double number) {
  std::string text;
  append_number(text, number);
  return text;
}

double with_15_digits(double number) {
  constexpr std::size_t kDigits = 15;
  if (number == std::floor(number) && std::abs(number) < 1e15) return number;
  if (digits_of(number, -1).digits.size() <= kDigits) return number;
  Digits exact = digits_of(number, 60);
  const bool goes_up = exact.digits[kDigits] >= '5';
  exact.digits.resize(kDigits);
  if (goes_up) {
    std::size_t at = kDigits;
    while (at > 0 && exact.digits[at - 1] == '9') exact.digits[--at] = '0';
    if (at > 0) {
      ++exact.digits[at - 1];
    } else {
      exact.digits.insert(0, 1, '1');
      ++exact.point;
    }
  }
  return read(exact);
}

double shift_decimal(double number, int places) {
  Digits digits = digits_of(number, -1);
  digits.point += places;
  return read(digits);
}

}  // namespace stepwell::jsonata
