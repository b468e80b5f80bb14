#pragma once
// Numbers to a number of decimal places, exactly as their decimal notation says.

#include <string>

namespace stepwell::jsonata {

// Rounds the shortest decimal notation of a finite number, ties to even: (2.675, 2) is 2.68. Negative places round to
// tens, hundreds and so on.
double round_to_places(double number, int places);

// All digits of a finite number that is not negative, without an exponent: (2.5, 3) is "2.500".
std::string to_fixed(double number, int places);

}  // namespace stepwell::jsonata
