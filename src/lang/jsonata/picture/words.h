#pragma once
// Integers in English words, Roman numerals and letters.

#include <string>
#include <string_view>

namespace stepwell::jsonata {

// In title case: "Twenty-One", "One Hundred and First".
std::string to_words(double number, bool is_ordinal);
// Any case; NaN where a word is not known.
double from_words(std::string_view text);

std::string to_roman(double number);
double from_roman(std::string_view text);

// a … z, aa … zz, …
std::string to_letters(double number);
// `first` is the letter that is 1; whatever else stands there counts by its distance from it.
double from_letters(std::string_view text, char first);

// Words of which numbers are made, in lower case: for a regular expression.
std::string word_alternatives();

}  // namespace stepwell::jsonata
