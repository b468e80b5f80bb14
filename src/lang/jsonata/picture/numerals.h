#pragma once
// Roman numerals and the sequence A, B … Z, AA, AB … in capital letters.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// A larger number has a Roman numeral of more letters than anybody would want.
inline constexpr double kMaxRoman = 9'999'999;

// `number` is a whole number, 0 to kMaxRoman; 0 is "".
std::string to_roman(double number);
// Reads any order of letters: one before a larger one counts against it. NaN: there are other characters.
double from_roman(std::string_view text);

// `number` is a whole number, not negative; 0 is "".
std::string to_letters(double number);
// NaN: there are other characters.
double from_letters(std::string_view text);

}  // namespace stepwell::jsonata
