#include "lang/jsonata/picture/date_match.h"

#include "lang/jsonata/picture/ascii_case.h"
#include "lang/jsonata/picture/number_words.h"
#include "lang/jsonata/text/utf8.h"

#include <algorithm>
#include <cstdint>

namespace stepwell::jsonata {
namespace {

constexpr std::size_t kMaxText = 512;
constexpr std::size_t kMaxParts = 128;

using Ends = std::vector<std::size_t>;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool starts_with_ignoring_case(std::string_view text, std::string_view prefix) {
  return equal_ignoring_case(text.substr(0, prefix.size()), prefix);
}

// The ends of one or more bytes that `accepts`.
template <typename Accepts>
Ends ends_of_run(std::string_view text, std::size_t from, Accepts accepts) {
  Ends ends;
  for (std::size_t at = from; at < text.size() && accepts(text[at]); ++at) ends.push_back(at + 1);
  return ends;
}

// Digits of the family of `zero`, `min` to `max` of them.
Ends ends_of_digits(std::string_view text, std::size_t from, char32_t zero, std::size_t min, std::size_t max) {
  Ends ends;
  std::size_t at = from;
  for (std::size_t count = 1; at < text.size() && count <= max; ++count) {
    const char32_t digit = next_code_point(text, at);
    if (digit < zero || digit - zero > 9) break;
    if (count >= min) ends.push_back(at);
  }
  return ends;
}

// Two letters behind the last digit.
void keep_ordinals(Ends& ends, std::string_view text) {
  constexpr std::string_view kSuffixes[] = {"st", "nd", "rd", "th"};
  std::erase_if(ends, [&](std::size_t end) {
    return std::ranges::none_of(
        kSuffixes, [&](std::string_view suffix) { return starts_with_ignoring_case(text.substr(end), suffix); });
  });
  for (std::size_t& end : ends) end += 2;
}

// Years, months and days have as many digits as the picture if that shows two or more.
Ends ends_of_number(std::string_view text, std::size_t from, const DateMarker& marker) {
  const IntegerPicture& picture = *marker.integer;
  const std::size_t digits = picture.min_digits + picture.optional_digits;
  const bool is_bound = digits >= 2 && marker.has_fixed_width();
  Ends ends = ends_of_digits(text, from, picture.zero, is_bound ? picture.min_digits : 1, is_bound ? digits : kMaxText);
  if (picture.is_ordinal) keep_ordinals(ends, text);
  return ends;
}

Ends ends_of_words(std::string_view text, std::size_t from) {
  const std::string words = in_lower_case(std::string(text.substr(from)));
  Ends ends;
  std::size_t at = 0;
  while (const std::size_t length = word_length(std::string_view(words).substr(at))) {
    at += length;
    ends.push_back(from + at);
  }
  return ends;
}

// A sign and digits, with a separator among them if the picture has one; "GMT" before it.
Ends ends_of_zone(std::string_view text, std::size_t from, const DateMarker& marker) {
  std::size_t at = from;
  if (marker.component == 'z') {
    if (!starts_with_ignoring_case(text.substr(at), "GMT")) return {};
    at += 3;
  }
  if (at == text.size() || (text[at] != '+' && text[at] != '-')) return {};
  const char32_t zero = marker.integer ? marker.integer->zero : U'0';
  Ends ends = ends_of_digits(text, at + 1, zero, 1, kMaxText);
  if (ends.empty() || !marker.integer || marker.integer->separators.empty()) return ends;
  std::string separator;
  append_code_point(separator, marker.integer->separators.front());
  if (!text.substr(ends.back()).starts_with(separator)) return {};
  return ends_of_digits(text, ends.back() + separator.size(), zero, 1, kMaxText);
}

// Where a part that begins at `from` may end, the nearest first.
Ends ends_of(std::string_view text, std::size_t from, const DatePart& part) {
  if (!part.marker) {
    if (starts_with_ignoring_case(text.substr(from), part.text)) return {from + part.text.size()};
    return {};
  }
  const DateMarker& marker = *part.marker;
  if (marker.is_zone()) return ends_of_zone(text, from, marker);
  if (!marker.integer) return ends_of_run(text, from, is_letter);
  switch (marker.integer->kind) {
    case IntegerPicture::Kind::letters: return ends_of_run(text, from, is_letter);
    case IntegerPicture::Kind::roman:
      return ends_of_run(
          text, from, [](char c) { return std::string_view("mdclxvi").find(to_lower(c)) != std::string_view::npos; });
    case IntegerPicture::Kind::words: return ends_of_words(text, from);
    case IntegerPicture::Kind::digits: break;
  }
  return ends_of_number(text, from, marker);
}

struct Choice {
  std::size_t from;
  Ends ends;  // those not tried yet
};

}  // namespace

std::optional<std::vector<std::string_view>> match_date(std::string_view text, std::span<const DatePart> parts) {
  if (text.size() > kMaxText || parts.size() > kMaxParts) return std::nullopt;
  std::vector<std::string_view> taken;
  std::vector<Choice> choices;
  // Where a part has been tried already, in vain.
  std::vector<bool> tried(parts.size() * (text.size() + 1));
  std::size_t at = 0;
  while (choices.size() < parts.size() || at != text.size()) {
    const std::size_t part = choices.size();
    const std::size_t place = part * (text.size() + 1) + at;
    if (part < parts.size() && !tried[place]) {
      tried[place] = true;
      choices.push_back({.from = at, .ends = ends_of(text, at, parts[part])});
    }
    while (!choices.empty() && choices.back().ends.empty()) {
      choices.pop_back();
      if (taken.size() > choices.size()) taken.pop_back();
    }
    if (choices.empty()) return std::nullopt;
    Choice& choice = choices.back();
    taken.resize(choices.size() - 1);
    at = choice.ends.back();
    choice.ends.pop_back();
    taken.push_back(text.substr(choice.from, at - choice.from));
  }
  return taken;
}

}  // namespace stepwell::jsonata
