#include "lang/jsonata/picture/calendar.h"
#include "lang/jsonata/picture/date_picture.h"
#include "lang/jsonata/picture/digits.h"
#include "lang/jsonata/picture/names.h"
#include "lang/jsonata/picture/words.h"
#include "lang/jsonata/text/pattern.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

using Components = std::map<char, double>;

std::string escaped(std::string_view literal) {
  std::string text;
  for (const char c : literal) {
    if (std::string_view(".*+?^${}()|[]\\/").contains(c)) text += '\\';
    text += c;
  }
  return text;
}

// The digits of a time zone, when a separator sets its minutes apart.
struct ZoneDigits {
  std::size_t hours = 0;  // 0: there is no separator, minutes are the last two of more than two digits
  std::size_t minutes = 0;
  std::string separator;
};

ZoneDigits zone_digits(const IntegerPicture& picture) {
  if (picture.regular == 0) return {};
  return {.hours = picture.mandatory_digits - std::min(picture.regular, picture.mandatory_digits),
          .minutes = picture.regular,
          .separator = to_utf8({&picture.separators[0].character, 1})};
}

double read_number(std::string_view text) {
  double number = std::nan("");
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::optional<double> place_in(std::span<const std::string_view> names, std::string_view name,
                               std::optional<std::size_t> width) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i].substr(0, width.value_or(names[i].size())) == name) return static_cast<double>(i + 1);
  }
  return std::nullopt;
}

}  // namespace

// What a part of the text looks like, as a regular expression.
std::expected<std::string, PictureFailure> DatePicture::expression(const Part& part) {
  if (part.component == '\0') return escaped(part.literal);
  if (part.component == 'Z' || part.component == 'z') {
    const std::string prefix = part.component == 'z' ? "GMT" : "";
    if (!part.integer || part.integer->form != IntegerPicture::Form::decimal) return "$.";  // matches nothing
    const ZoneDigits digits = zone_digits(*part.integer);
    if (digits.hours == 0) return prefix + "[-+][0-9]+";
    return fmt::format("{}[-+][0-9]{{{}}}{}[0-9]{{{}}}", prefix, digits.hours, escaped(digits.separator),
                       digits.minutes);
  }
  if (!part.integer) {
    if (std::string_view("MxFP").contains(part.component)) return "[a-zA-Z]+";
    return std::unexpected(PictureFailure{Code::D3133, quoted({&part.component, 1})});
  }
  const IntegerPicture& integer = *part.integer;
  const bool is_upper = integer.letter_case == IntegerPicture::Case::upper;
  switch (integer.form) {
    case IntegerPicture::Form::letters: return is_upper ? "[A-Z]+" : "[a-z]+";
    case IntegerPicture::Form::roman: return is_upper ? "[MDCLXVI]+" : "[mdclxvi]+";
    case IntegerPicture::Form::words: return "(?:" + word_alternatives() + "|[\\-, ])+";
    case IntegerPicture::Form::unsupported: return std::unexpected(PictureFailure{Code::D3130, quoted(integer.token)});
    case IntegerPicture::Form::decimal: break;
  }
  std::string digits = part.parse_width > 0 ? fmt::format("[0-9]{{{}}}", part.parse_width) : "[0-9]+";
  return integer.is_ordinal ? digits + "(?:th|st|nd|rd)" : digits;
}

// nullopt: nothing is meant that is known.
std::optional<double> DatePicture::read_part(const Part& part, std::string_view text) {
  switch (part.component) {
    case 'Z':
    case 'z': {
      const ZoneDigits digits = zone_digits(*part.integer);
      if (part.component == 'z') text.remove_prefix(3);
      const bool is_negative = text.starts_with('-');
      text.remove_prefix(1);
      std::size_t hour_digits = digits.hours;
      if (hour_digits == 0) hour_digits = text.size() <= 2 ? text.size() : text.size() - 2;
      const double hours = read_number(text.substr(0, hour_digits));
      const std::size_t behind = hour_digits + digits.separator.size();
      // The minutes count forwards, whatever the sign is.
      return (is_negative ? -hours : hours) * 60 + (behind < text.size() ? read_number(text.substr(behind)) : 0);
    }
    case 'P':
      if (text == "am" || text == "AM") return 0;
      if (text == "pm" || text == "PM") return 1;
      return std::nullopt;
    default: break;
  }
  if (part.integer) return part.integer->read(text);
  if (part.component == 'F') return place_in(kDays, text, part.most_width);
  return place_in(kMonths, text, part.most_width);
}

namespace {

// Whether something is given, and nothing but what belongs to that kind of date or time.
bool is_kind(const Components& components, std::string_view all, std::string_view kind) {
  bool is_any = false;
  for (const char component : all) {
    const auto found = components.find(component);
    if (found == components.end() || found->second == 0) continue;
    if (!kind.contains(component)) return false;
    is_any = true;
  }
  return is_any;
}

// The components of which the time is made, the largest first. nullopt: weeks, of which no date is made.
std::optional<std::string> wanted(const Components& components) {
  constexpr std::string_view kDates = "YXMxWwdD";
  constexpr std::string_view kTimes = "PHhmsf";
  const bool is_day_of_year = !is_kind(components, kDates, "YMD") && is_kind(components, kDates, "Yd");
  if (is_kind(components, kDates, "Xxw") || is_kind(components, kDates, "XW")) return std::nullopt;
  const bool is_half_day = !is_kind(components, kTimes, "Hmsf") && is_kind(components, kTimes, "Phmsf");
  return std::string(is_day_of_year ? "Yd" : "YMD") + (is_half_day ? "Phmsf" : "Hmsf");
}

double now_part(char component, const CalendarTime& now) {
  switch (component) {
    case 'Y': return static_cast<double>(now.year);
    case 'M': return now.month;
    case 'D': return now.day;
    case 'd': return now.day_of_year;
    case 'H': return now.hour;
    case 'h': return now.hour % 12;
    case 'P': return now.hour < 12 ? 0 : 1;
    case 'm': return now.minute;
    case 's': return now.second;
    default: return now.millisecond;
  }
}

// What is larger than all that is given is now, what is smaller is the beginning; a gap between is an error.
bool complete(Components& components, std::string_view wanted, double now) {
  const auto time = calendar_time(now);
  bool has_begun = false;
  bool has_ended = false;
  for (const char component : wanted) {
    if (components.contains(component)) {
      has_begun = true;
      if (has_ended) return false;
    } else if (has_begun) {
      components[component] = std::string_view("MDd").contains(component) ? 1 : 0;
      has_ended = true;
    } else {
      components[component] = time ? now_part(component, *time) : 0;
    }
  }
  return true;
}

double millis_from(Components& components, std::string_view wanted) {
  if (wanted.contains('P')) {
    components['H'] = (components['h'] == 12 ? 0 : components['h']) + (components['P'] == 1 ? 12 : 0);
  }
  const bool is_day_of_year = wanted.contains('d');
  const double month = is_day_of_year ? 1 : std::max(components['M'], 1.0);
  double year = components['Y'];
  if (year >= 0 && year <= 99) year += 1900;  // as ECMAScript's Date takes two digits
  double millis = millis_of(year, month, components[is_day_of_year ? 'd' : 'D'], components['H'], components['m'],
                            components['s'], components['f']);
  const auto zone = components.contains('Z') ? components.find('Z') : components.find('z');
  if (zone != components.end()) millis -= zone->second * 60'000;
  return millis;
}

}  // namespace

std::expected<std::optional<double>, PictureFailure> DatePicture::read(std::string_view text, double now) const {
  std::string whole = "^";
  for (const Part& part : parts_) {
    const auto piece = expression(part);
    if (!piece) return std::unexpected(piece.error());
    whole += "(" + *piece + ")";
  }
  const auto pattern = Pattern::compile(whole + "$", "i");
  const auto match = pattern ? (*pattern)->find(text, 0) : std::nullopt;
  if (!match) return std::optional<double>();
  Components components;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (parts_[i].component == '\0') continue;
    if (const auto number = read_part(parts_[i], match->groups[i].value_or("")))
      components[parts_[i].component] = *number;
  }
  if (components.empty()) return std::optional<double>();
  const auto kinds = wanted(components);
  if (!kinds || !complete(components, *kinds, now)) return std::unexpected(PictureFailure{Code::D3136, {}});
  return millis_from(components, *kinds);
}

}  // namespace stepwell::jsonata
