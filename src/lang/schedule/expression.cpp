#include "lang/schedule/expression.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace stepwell::schedule {
namespace {

// What is between the brackets of name(…).
std::optional<std::string_view> inner(std::string_view text, std::string_view name) {
  if (!text.starts_with(name) || !text.ends_with(')')) return std::nullopt;
  text = text.substr(name.size(), text.size() - name.size() - 1);
  if (!text.starts_with('(')) return std::nullopt;
  return text.substr(1);
}

struct Unit {
  std::string_view one, several;
  Duration duration;
};
constexpr auto units = std::to_array<Unit>({{"minute", "minutes", std::chrono::minutes(1)},
                                            {"hour", "hours", std::chrono::hours(1)},
                                            {"day", "days", std::chrono::days(1)}});

std::optional<Expression> parse_rate(std::string_view text, Dialect dialect) {
  constexpr std::int64_t most = 1'000'000'000;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || value < 1 || value > most) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.starts_with(' ')) return std::nullopt;
  text.remove_prefix(text.find_first_not_of(' ') == std::string_view::npos ? text.size() : text.find_first_not_of(' '));
  for (const Unit& unit : units) {
    const bool either = dialect == Dialect::schedule;
    if ((text == unit.one && (either || value == 1)) || (text == unit.several && (either || value != 1))) {
      return Rate{.every = unit.duration * value};
    }
  }
  return std::nullopt;
}

// 2030-01-31T08:00:00
std::optional<Expression> parse_at(std::string_view text) {
  constexpr std::string_view form = "dddd-dd-ddTdd:dd:dd";
  const auto fits = [](char c, char wanted) { return wanted == 'd' ? c >= '0' && c <= '9' : c == wanted; };
  if (text.size() != form.size() || !std::ranges::equal(text, form, fits)) return std::nullopt;
  const auto time = parse_rfc3339(std::string(text) + "Z");
  return time ? std::optional<Expression>(At{.time = LocalTime(time->time_since_epoch())}) : std::nullopt;
}

std::optional<Timestamp> next_rate(Duration every, Timestamp start, Timestamp after) {
  if (after < start) return start;
  return start + ((after - start) / every + 1) * every;
}

// A time that the clock skips is taken to be as much later as the clock is put forward.
std::optional<Timestamp> next_at(LocalTime local, Timestamp after, const TimeZone& zone) {
  auto time = zone.when(local);
  if (!time) {
    const Timestamp about(local.time_since_epoch());
    const auto before =
        zone.local(about - std::chrono::days(1)).time_since_epoch() - (about - std::chrono::days(1)).time_since_epoch();
    time = Timestamp(local.time_since_epoch() - before);
  }
  return *time > after ? time : std::nullopt;
}

}  // namespace

std::optional<Expression> parse(std::string_view text, Dialect dialect) {
  if (const auto rate = inner(text, "rate")) return parse_rate(*rate, dialect);
  if (const auto cron = inner(text, "cron")) {
    const auto parsed = Cron::parse(*cron);
    return parsed ? std::optional<Expression>(*parsed) : std::nullopt;
  }
  const auto at = inner(text, "at");
  return at && dialect == Dialect::schedule ? parse_at(*at) : std::nullopt;
}

std::optional<Timestamp> next(const Expression& expression, Timestamp start, Timestamp after, const TimeZone& zone) {
  if (const auto* rate = std::get_if<Rate>(&expression)) return next_rate(rate->every, start, after);
  if (const auto* at = std::get_if<At>(&expression)) return next_at(at->time, after, zone);
  return std::get<Cron>(expression).next(after, zone);
}

Timestamp within_window(Timestamp due, Duration window, std::uint64_t chance) {
  return window <= Duration{0}
             ? due
             : due + Duration{static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(window.count()))};
}

}  // namespace stepwell::schedule
