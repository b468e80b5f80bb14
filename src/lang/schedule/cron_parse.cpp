#include "lang/schedule/cron.h"
#include "lang/schedule/field.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace stepwell::schedule {
namespace {

constexpr auto month_names = std::to_array<std::string_view>(
    {"JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"});
constexpr auto day_names = std::to_array<std::string_view>({"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"});
constexpr Field month_day_field{.first = 1, .last = 31};
constexpr Field week_day_field{.first = 1, .last = 7, .names = day_names};

bool equal_names(std::string_view a, std::string_view b) {
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; };
  return std::ranges::equal(a, b, {}, upper, upper);
}

template <std::size_t Size>
bool read_field(std::string_view text, const Field& field, std::bitset<Size>& values, int offset = 0) {
  return read_list(text, [&](std::string_view item) {
    return read_item(item, field, [&](int value) { values.set(static_cast<std::size_t>(value - offset)); });
  });
}

std::optional<std::array<std::string_view, 6>> split(std::string_view text) {
  std::array<std::string_view, 6> fields;
  std::size_t count = 0;
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return count == fields.size() ? std::optional(fields) : std::nullopt;
    if (count == fields.size()) return std::nullopt;
    const std::size_t end = std::min(text.find(' '), text.size());
    fields[count++] = text.substr(0, end);
    text.remove_prefix(end);
  }
}

}  // namespace

std::optional<int> read_value(std::string_view text, const Field& field) {
  for (std::size_t i = 0; i < field.names.size(); ++i) {
    if (equal_names(text, field.names[i])) return field.first + static_cast<int>(i);
  }
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && !text.starts_with('-');
  return whole && value >= field.first && value <= field.last ? std::optional(value) : std::nullopt;
}

bool Cron::read_month_days(std::string_view text) {
  return read_list(text, [this](std::string_view item) {
    if (item == "L") return month_days_.last = true;
    if (item == "LW") return month_days_.last_weekday = true;
    if (!item.ends_with('W')) {
      return read_item(item, month_day_field, [this](int day) { month_days_.days.set(static_cast<std::size_t>(day)); });
    }
    const auto day = read_value(item.substr(0, item.size() - 1), month_day_field);
    if (day) month_days_.nearest_weekdays.set(static_cast<std::size_t>(*day));
    return day.has_value();
  });
}

bool Cron::read_week_days(std::string_view text) {
  return read_list(text, [this](std::string_view item) {
    const std::size_t hash = item.find('#');
    if (hash != std::string_view::npos) {
      const auto day = read_value(item.substr(0, hash), week_day_field);
      const auto which = read_value(item.substr(hash + 1), {.first = 1, .last = 5});
      if (day && which) week_days_.nth_of_month.set(static_cast<std::size_t>(*day * 6 + *which));
      return day && which;
    }
    if (item == "L") {
      week_days_.days.set(7);
      return true;
    }
    if (item.ends_with('L')) {
      const auto day = read_value(item.substr(0, item.size() - 1), week_day_field);
      if (day) week_days_.last_of_month.set(static_cast<std::size_t>(*day));
      return day.has_value();
    }
    return read_item(item, week_day_field, [this](int day) { week_days_.days.set(static_cast<std::size_t>(day)); });
  });
}

std::optional<Cron> Cron::parse(std::string_view text) {
  const auto fields = split(text);
  if (!fields) return std::nullopt;
  const auto& [minutes, hours, month_days, months, week_days, years] = *fields;
  if ((month_days == "?") == (week_days == "?")) return std::nullopt;
  Cron cron;
  const bool good = read_field(minutes, {.first = 0, .last = 59}, cron.minutes_) &&
                    read_field(hours, {.first = 0, .last = 23}, cron.hours_) &&
                    read_field(months, {.first = 1, .last = 12, .names = month_names}, cron.months_) &&
                    read_field(years, {.first = first_year, .last = last_year}, cron.years_, first_year) &&
                    (month_days == "?" || cron.read_month_days(month_days)) &&
                    (week_days == "?" || cron.read_week_days(week_days));
  return good ? std::optional(cron) : std::nullopt;
}

}  // namespace stepwell::schedule
