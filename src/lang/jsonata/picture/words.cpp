#include "lang/jsonata/picture/words.h"

#include "lang/jsonata/text/case.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>
#include <vector>

namespace stepwell::jsonata {
namespace {

constexpr std::string_view kFew[] = {"Zero",     "One",     "Two",     "Three",     "Four",     "Five",    "Six",
                                     "Seven",    "Eight",   "Nine",    "Ten",       "Eleven",   "Twelve",  "Thirteen",
                                     "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"};
constexpr std::string_view kOrdinals[] = {"Zeroth",    "First",     "Second",      "Third",      "Fourth",
                                          "Fifth",     "Sixth",     "Seventh",     "Eighth",     "Ninth",
                                          "Tenth",     "Eleventh",  "Twelfth",     "Thirteenth", "Fourteenth",
                                          "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth"};
constexpr std::string_view kDecades[] = {"Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"};
constexpr std::string_view kMagnitudes[] = {"Thousand", "Million", "Billion", "Trillion"};

enum class Link : std::uint8_t { none, begun };  // whether words stand before

std::string words(double number, Link link, bool is_ordinal) {
  const auto small = static_cast<std::size_t>(std::min(number, 1000.0));
  const std::string_view joined = link == Link::begun ? " and " : "";
  if (small < 20) return std::string(joined).append(is_ordinal ? kOrdinals[small] : kFew[small]);
  if (small < 100) {
    std::string text = std::string(joined).append(kDecades[small / 10 - 2]);
    if (small % 10 > 0) return text + "-" + words(static_cast<double>(small % 10), Link::none, is_ordinal);
    if (is_ordinal) text.replace(text.size() - 1, 1, "ieth");
    return text;
  }
  std::string text = link == Link::begun ? ", " : "";
  double rest = 0;
  if (small < 1000) {
    text.append(kFew[small / 100]).append(" Hundred");
    rest = static_cast<double>(small % 100);
  } else {
    const auto thousands = static_cast<std::size_t>(std::floor(std::log10(number) / 3));
    const std::size_t magnitude = std::min(thousands, std::size(kMagnitudes));
    const double factor = std::pow(10, 3 * static_cast<double>(magnitude));
    const double count = std::floor(number / factor);
    rest = number - count * factor;
    text += words(count, Link::none, false);
    text.append(" ").append(kMagnitudes[magnitude - 1]);
  }
  if (rest > 0) return text + words(rest, Link::begun, is_ordinal);
  return is_ordinal ? text + "th" : text;
}

const std::map<std::string, double, std::less<>>& word_values() {
  static const std::map<std::string, double, std::less<>> kValues = [] {
    std::map<std::string, double, std::less<>> values;
    for (std::size_t i = 0; i < std::size(kFew); ++i) {
      values[to_lower(kFew[i])] = static_cast<double>(i);
      values[to_lower(kOrdinals[i])] = static_cast<double>(i);
    }
    for (std::size_t i = 0; i < std::size(kDecades); ++i) {
      const std::string decade = to_lower(kDecades[i]);
      values[decade] = static_cast<double>((i + 2) * 10);
      values[decade.substr(0, decade.size() - 1) + "ieth"] = static_cast<double>((i + 2) * 10);
    }
    values["hundred"] = values["hundredth"] = 100;
    for (std::size_t i = 0; i < std::size(kMagnitudes); ++i) {
      const std::string magnitude = to_lower(kMagnitudes[i]);
      values[magnitude] = values[magnitude + "th"] = std::pow(10, 3 * static_cast<double>(i + 1));
    }
    return values;
  }();
  return kValues;
}

}  // namespace

// Beyond any number the words would go on for ever.
std::string to_words(double number, bool is_ordinal) {
  if (!std::isfinite(number)) return "Infinity";
  return words(number, Link::none, is_ordinal);
}

double from_words(std::string_view text) {
  const std::string lower = to_lower(text);
  std::vector<double> segments = {0};
  std::string word;
  const auto take = [&] {
    if (word.empty() || word == "and") {
      word.clear();
      return true;
    }
    const auto found = word_values().find(word);
    if (found == word_values().end()) return false;
    word.clear();
    const double value = found->second;
    if (value >= 100) {
      segments.back() *= value;
    } else if (segments.back() >= 1000) {
      segments.push_back(value);
    } else {
      segments.back() += value;
    }
    return true;
  };
  bool has_word = false;
  for (const char c : lower) {
    if (c != ' ' && c != ',' && c != '-' && c != '\t' && c != '\n') {
      word += c;
      has_word = true;
    } else if (!take()) {
      return std::numeric_limits<double>::quiet_NaN();
    }
  }
  if (!take() || !has_word) return std::numeric_limits<double>::quiet_NaN();
  double sum = 0;
  for (const double segment : segments) sum += segment;
  return sum;
}

std::string word_alternatives() {
  std::string alternatives;
  for (const auto& [word, value] : word_values()) alternatives += word + "|";
  return alternatives + "and";
}

namespace {

struct Roman {
  double value;
  std::string_view letters;
};
constexpr Roman kRoman[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                            {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
constexpr double kLargestRoman = 1e6;

}  // namespace

std::string to_roman(double number) {
  std::string text;
  number = std::min(number, kLargestRoman);
  for (const Roman& roman : kRoman) {
    for (; number >= roman.value; number -= roman.value) text += roman.letters;
  }
  return text;
}

// A letter that stands before a larger one is taken away.
double from_roman(std::string_view text) {
  double sum = 0;
  double largest = 1;
  for (std::size_t at = text.size(); at-- > 0;) {
    const char letter = static_cast<char>(text[at] | 0x20);
    const auto* const found = std::ranges::find(kRoman, std::string_view(&letter, 1), &Roman::letters);
    if (found == std::end(kRoman)) return std::numeric_limits<double>::quiet_NaN();
    if (found->value < largest) {
      sum -= found->value;
    } else {
      largest = found->value;
      sum += found->value;
    }
  }
  return sum;
}

std::string to_letters(double number) {
  std::string text;
  while (number > 0) {
    text += static_cast<char>('a' + static_cast<int>(std::fmod(number - 1, 26)));
    number = std::floor((number - 1) / 26);
  }
  return {text.rbegin(), text.rend()};
}

double from_letters(std::string_view text, char first) {
  double number = 0;
  for (const char c : text) number = number * 26 + (c - first + 1);
  return number;
}

}  // namespace stepwell::jsonata
