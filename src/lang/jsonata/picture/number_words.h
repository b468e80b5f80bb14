#pragma once
// Whole numbers in English words: "three thousand, seven hundred and thirty-first". Numbers beyond thousands of
// trillions are trillions of trillions.

#include <cstddef>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

// In lower case. `number` is a whole number, not negative.
std::string to_words(double number, bool is_ordinal);

// Reads words in lower case, joined by a space, a hyphen, ", " or " and ", also in forms that are not written so:
// "nineteen hundred and eighty-four". NaN: there are other words.
double from_words(std::string_view text);

// The length of the longest word of a number that `text` begins with, or of what joins words; 0: none.
std::size_t word_length(std::string_view text);

}  // namespace stepwell::jsonata
