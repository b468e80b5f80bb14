#include "lang/jsonata/picture/number_words.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <vector>

namespace stepwell::jsonata {
namespace {

struct Word {
  double value;
  std::string_view cardinal;
  std::string_view ordinal;
};
constexpr Word kWords[] = {
    {0, "zero", "zeroth"},
    {1, "one", "first"},
    {2, "two", "second"},
    {3, "three", "third"},
    {4, "four", "fourth"},
    {5, "five", "fifth"},
    {6, "six", "sixth"},
    {7, "seven", "seventh"},
    {8, "eight", "eighth"},
    {9, "nine", "ninth"},
    {10, "ten", "tenth"},
    {11, "eleven", "eleventh"},
    {12, "twelve", "twelfth"},
    {13, "thirteen", "thirteenth"},
    {14, "fourteen", "fourteenth"},
    {15, "fifteen", "fifteenth"},
    {16, "sixteen", "sixteenth"},
    {17, "seventeen", "seventeenth"},
    {18, "eighteen", "eighteenth"},
    {19, "nineteen", "nineteenth"},
    {20, "twenty", "twentieth"},
    {30, "thirty", "thirtieth"},
    {40, "forty", "fortieth"},
    {50, "fifty", "fiftieth"},
    {60, "sixty", "sixtieth"},
    {70, "seventy", "seventieth"},
    {80, "eighty", "eightieth"},
    {90, "ninety", "ninetieth"},
    {100, "hundred", "hundredth"},
    {1e3, "thousand", "thousandth"},
    {1e6, "million", "millionth"},
    {1e9, "billion", "billionth"},
    {1e12, "trillion", "trillionth"},
};
constexpr std::string_view kJoints[] = {"and", ",", "-", " "};

// The last word whose value is not above the number.
const Word& word_of(double number) { return std::ranges::upper_bound(kWords, number, {}, &Word::value)[-1]; }

void append_words(std::string& out, double number, bool is_ordinal) {
  const Word& word = word_of(number);
  double rest = number - word.value;
  if (word.value >= 100) {
    const double count = std::floor(number / word.value);
    rest = number - count * word.value;
    append_words(out, count, false);
    out += ' ';
  }
  const bool is_last = rest <= 0;
  out += is_last && is_ordinal ? word.ordinal : word.cardinal;
  if (is_last) return;
  out += word.value < 100 ? "-" : rest < 100 ? " and " : ", ";
  append_words(out, rest, is_ordinal);
}

// Cuts the text up to the next joint off; the joint goes too.
std::string_view take_word(std::string_view& text) {
  constexpr std::string_view kAnd = " and ";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    const std::size_t joint = rest.starts_with(", ")                       ? 2
                              : rest.starts_with(kAnd)                     ? kAnd.size()
                              : rest.front() == ' ' || rest.front() == '-' ? 1
                                                                           : 0;
    if (joint == 0) continue;
    const std::string_view word = text.substr(0, at);
    text = rest.substr(joint);
    // What ends in a joint ends in an empty word, which is none.
    if (text.empty()) text = "-";
    return word;
  }
  const std::string_view word = text;
  text = {};
  return word;
}

}  // namespace

std::string to_words(double number, bool is_ordinal) {
  std::string out;
  append_words(out, number, is_ordinal);
  return out;
}

double from_words(std::string_view text) {
  std::vector<double> summands{0};
  do {
    const std::string_view taken = take_word(text);
    const auto* const word =
        std::ranges::find_if(kWords, [&](const Word& each) { return each.cardinal == taken || each.ordinal == taken; });
    if (word == std::end(kWords)) return std::numeric_limits<double>::quiet_NaN();
    if (word->value >= 100) {
      summands.back() *= word->value;
    } else if (summands.back() >= 1000) {
      summands.push_back(word->value);
    } else {
      summands.back() += word->value;
    }
  } while (!text.empty());
  return std::accumulate(summands.begin(), summands.end(), 0.0);
}

std::size_t word_length(std::string_view text) {
  std::size_t longest = 0;
  const auto consider = [&](std::string_view word) {
    if (word.size() > longest && text.starts_with(word)) longest = word.size();
  };
  for (const Word& word : kWords) {
    consider(word.cardinal);
    consider(word.ordinal);
  }
  for (const std::string_view joint : kJoints) consider(joint);
  return longest;
}

}  // namespace stepwell::jsonata
