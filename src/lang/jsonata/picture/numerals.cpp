#include "lang/jsonata/picture/numerals.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stepwell::jsonata {
namespace {

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

struct Numeral {
  std::string_view letters;
  int value;
};
constexpr Numeral kNumerals[] = {
    {"M", 1000}, {"CM", 900}, {"D", 500}, {"CD", 400}, {"C", 100}, {"XC", 90}, {"L", 50},
    {"XL", 40},  {"X", 10},   {"IX", 9},  {"V", 5},    {"IV", 4},  {"I", 1},
};

int value_of(char letter) {
  for (const auto& [letters, value] : kNumerals) {
    if (letters == std::string_view(&letter, 1)) return value;
  }
  return 0;
}

}  // namespace

std::string to_roman(double number) {
  std::string out;
  for (const auto& [letters, value] : kNumerals) {
    for (; number >= value; number -= value) out += letters;
  }
  return out;
}

double from_roman(std::string_view text) {
  double sum = 0;
  int largest = 1;
  for (std::size_t at = text.size(); at-- > 0;) {
    const int value = value_of(text[at]);
    if (value == 0) return kNotANumber;
    sum += value < largest ? -value : value;
    largest = std::max(largest, value);
  }
  return sum;
}

std::string to_letters(double number) {
  std::string out;
  while (number >= 1) {
    const double rest = std::fmod(number - 1, 26);
    out += static_cast<char>('A' + static_cast<int>(rest));
    number = std::floor((number - 1) / 26);
  }
  std::ranges::reverse(out);
  return out;
}

double from_letters(std::string_view text) {
  double number = 0;
  for (const char c : text) {
    if (c < 'A' || c > 'Z') return kNotANumber;
    number = number * 26 + (c - 'A' + 1);
  }
  return number;
}

}  // namespace stepwell::jsonata
