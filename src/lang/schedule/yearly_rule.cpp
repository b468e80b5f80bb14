#include "lang/schedule/time_zone.h"

#include <charconv>

namespace stepwell::schedule {
namespace {

using std::chrono::seconds;
using std::chrono::sys_days;

class RuleReader {
 public:
  explicit RuleReader(std::string_view text) : rest_(text) {}

  std::optional<YearlyRule> read() {
    YearlyRule rule;
    if (!skip_name() || !read_time(rule.standard)) return std::nullopt;
    rule.standard = -rule.standard;  // POSIX counts to the west
    rule.summer = rule.standard;
    if (rest_.empty()) return rule;
    if (!skip_name()) return std::nullopt;
    rule.summer = rule.standard + std::chrono::hours(1);
    if (!rest_.starts_with(',')) {
      if (!read_time(rule.summer)) return std::nullopt;
      rule.summer = -rule.summer;
    }
    rule.to_summer = read_change();
    rule.to_standard = read_change();
    return rest_.empty() && rule.to_summer && rule.to_standard ? std::optional(rule) : std::nullopt;
  }

 private:
  bool skip_name() {
    const bool quoted = rest_.starts_with('<');
    const std::size_t end = quoted ? rest_.find('>') : rest_.find_first_of("+-,0123456789");
    if (end == 0 || end == std::string_view::npos) return false;
    rest_.remove_prefix(end + (quoted ? 1 : 0));
    return true;
  }

  bool read_number(int& value) {
    const auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
    if (error != std::errc{} || value < 0 || value > 1'000) return false;
    rest_.remove_prefix(static_cast<std::size_t>(end - rest_.data()));
    return true;
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // [+-]hh[:mm[:ss]]
  bool read_time(seconds& time) {
    const bool negative = take('-');
    if (!negative) take('+');
    int hours = 0, minutes = 0, rest = 0;
    if (!read_number(hours)) return false;
    if (take(':') && (!read_number(minutes) || (take(':') && !read_number(rest)))) return false;
    time = std::chrono::hours(hours) + std::chrono::minutes(minutes) + seconds(rest);
    if (negative) time = -time;
    return true;
  }

  std::optional<YearlyRule::Change> read_change() {
    YearlyRule::Change change;
    if (!take(',')) return std::nullopt;
    if (take('M')) {
      if (!read_number(change.month) || !take('.') || !read_number(change.week) || !take('.')) return std::nullopt;
      if (change.month < 1 || change.month > 12 || change.week < 1 || change.week > 5) return std::nullopt;
    } else {
      change.kind = take('J') ? YearlyRule::Change::Kind::day_without_leap : YearlyRule::Change::Kind::day;
    }
    if (!read_number(change.day) || change.day > (change.month != 0 ? 6 : 366)) return std::nullopt;
    if (take('/') && !read_time(change.at)) return std::nullopt;
    return change;
  }

  std::string_view rest_;
};

// When the change of the year is, by the wall's clock.
std::chrono::local_seconds time_of(const YearlyRule::Change& change, std::chrono::year year) {
  using namespace std::chrono;
  const sys_days first = sys_days(year / January / 1);
  sys_days day;
  switch (change.kind) {
    case YearlyRule::Change::Kind::month_week_day: {
      const auto month = year / std::chrono::month(static_cast<unsigned>(change.month));
      const weekday wanted(static_cast<unsigned>(change.day));
      day = change.week == 5 ? sys_days(month / wanted[last])
                             : sys_days(month / wanted[static_cast<unsigned>(change.week)]);
      break;
    }
    case YearlyRule::Change::Kind::day_without_leap:
      day = first + days(change.day - 1 + (year.is_leap() && change.day >= 60 ? 1 : 0));
      break;
    case YearlyRule::Change::Kind::day: day = first + days(change.day); break;
  }
  return local_seconds(day.time_since_epoch()) + change.at;
}

}  // namespace

std::optional<YearlyRule> parse_rule(std::string_view text) { return RuleReader(text).read(); }

seconds offset_at(const YearlyRule& rule, std::chrono::sys_seconds time) {
  if (!rule.to_summer) return rule.standard;
  const auto local = time + rule.standard;
  const auto year = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(local)).year();
  const auto at = [](std::chrono::local_seconds wall, seconds offset) {
    return std::chrono::sys_seconds(wall.time_since_epoch() - offset);
  };
  const auto summer = at(time_of(*rule.to_summer, year), rule.standard);
  const auto winter = at(time_of(*rule.to_standard, year), rule.summer);
  const bool is_summer = summer < winter ? time >= summer && time < winter : time >= summer || time < winter;
  return is_summer ? rule.summer : rule.standard;
}

}  // namespace stepwell::schedule
