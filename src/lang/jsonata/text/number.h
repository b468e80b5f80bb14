#pragma once
// Numbers as ECMAScript writes them.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// The shortest text that reads back the same: 0.1, 12, 1e-7, 1e+21; 0 for -0. `number` must be finite.
void append_number(std::string& out, double number);
std::string number_text(double number);

// The number that has the first 15 significant digits of this one, as toPrecision rounds them.
double with_15_digits(double number);

// number × 10^places, as a text with its point moved is read.
double shift_decimal(double number, int places);

}  // namespace stepwell::jsonata
