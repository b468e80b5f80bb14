#include "lang/schedule/expression.h"

#include <string>

#include <gtest/gtest.h>

namespace stepwell::schedule {
namespace {

Timestamp at(std::string_view text) { return *parse_rfc3339(text); }

void put(std::string& out, std::int64_t value, int size) {
  for (int shift = (size - 1) * 8; shift >= 0; shift -= 8) {
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> static_cast<unsigned>(shift) & 0xFFU);
  }
}

// A zone file with one transition: from the first offset to the second at `change`, and the rule behind it.
std::string zone_file(std::int64_t change, std::int64_t before, std::int64_t then, std::string_view rule) {
  std::string out;
  for (const int size : {4, 8}) {
    out += "TZif2" + std::string(15, '\0');
    for (const int count : {0, 0, 0, 1, 2, 4}) put(out, count, 4);
    put(out, change, size);
    out += '\1';
    for (const std::int64_t offset : {before, then}) {
      put(out, offset, 4);
      out += std::string(2, '\0');
    }
    out += std::string("ABC\0", 4);
  }
  return out + "\n" + std::string(rule) + "\n";
}

TimeZone zone(std::string_view rule) { return *TimeZone::parse(zone_file(0, 0, 3600, rule)); }
const TimeZone& berlin() {
  static const TimeZone zone_ = zone("CET-1CEST,M3.5.0,M10.5.0/3");
  return zone_;
}

std::string wall(const TimeZone& zone, std::string_view time) {
  return format_rfc3339(Timestamp(zone.local(at(time)).time_since_epoch())).substr(0, 16);
}
std::string world(const TimeZone& zone, std::string_view local) {
  const auto time = zone.when(LocalTime(at(std::string(local) + ":00Z").time_since_epoch()));
  return time ? format_rfc3339(*time).substr(0, 16) : "never";
}

TEST(TimeZoneTest, FileThenRule) {
  const auto zone = TimeZone::parse(zone_file(at("2000-01-01T00:00:00Z").time_since_epoch().count() / 1000, -7200, 3600,
                                              "CET-1CEST,M3.5.0,M10.5.0/3"));
  ASSERT_TRUE(zone.has_value());
  EXPECT_EQ(wall(*zone, "1999-12-31T23:59:59Z"), "1999-12-31T21:59");
  EXPECT_EQ(wall(*zone, "2024-01-01T00:00:00Z"), "2024-01-01T01:00");
  EXPECT_EQ(wall(*zone, "2024-07-01T00:00:00Z"), "2024-07-01T02:00");
}

TEST(TimeZoneTest, ClocksArePutForwardAndBack) {
  EXPECT_EQ(wall(berlin(), "2024-03-31T00:59:00Z"), "2024-03-31T01:59");
  EXPECT_EQ(wall(berlin(), "2024-03-31T01:00:00Z"), "2024-03-31T03:00");
  EXPECT_EQ(world(berlin(), "2024-03-31T02:30"), "never");
  EXPECT_EQ(world(berlin(), "2024-03-31T03:00"), "2024-03-31T01:00");
  // Shown twice: the first time counts.
  EXPECT_EQ(world(berlin(), "2024-10-27T02:30"), "2024-10-27T00:30");
  EXPECT_EQ(world(berlin(), "2024-10-27T03:00"), "2024-10-27T02:00");
}

TEST(TimeZoneTest, TheSouthAndOtherRules) {
  const TimeZone sydney = zone("AEST-10AEDT,M10.1.0,M4.1.0/3");
  EXPECT_EQ(wall(sydney, "2024-01-01T00:00:00Z"), "2024-01-01T11:00");
  EXPECT_EQ(wall(sydney, "2024-07-01T00:00:00Z"), "2024-07-01T10:00");
  EXPECT_EQ(wall(zone("<+0530>-5:30"), "2024-07-01T00:00:00Z"), "2024-07-01T05:30");
  EXPECT_EQ(wall(zone("EST5EDT,J60/0,J300"), "2024-03-01T06:00:00Z"), "2024-03-01T02:00");
  EXPECT_EQ(wall(zone("EST5EDT4,60/0,300"), "2024-03-01T06:00:00Z"), "2024-03-01T02:00");
}

TEST(TimeZoneTest, WhatIsNoZoneFile) {
  const std::string good = zone_file(0, 0, 3600, "UTC0");
  EXPECT_TRUE(TimeZone::parse(good).has_value());
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(TimeZone::parse(std::string_view(good).substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(TimeZone::parse(zone_file(0, 0, 0, "nonsense,")).has_value());
  for (const std::string_view rule : {"", "1", "CET", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
                                      "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0,x"}) {
    EXPECT_FALSE(parse_rule(rule).has_value()) << rule;
  }
}

TEST(ExpressionTest, CronFollowsTheClock) {
  const auto noon = parse("cron(0 12 * * ? *)", Dialect::schedule);
  EXPECT_EQ(next(*noon, {}, at("2024-03-30T11:00:00Z"), berlin()), at("2024-03-31T10:00:00Z"));
  // What the clock skips is left out; what it shows twice happens once.
  const auto night = parse("cron(30 2 * * ? *)", Dialect::schedule);
  EXPECT_EQ(next(*night, {}, at("2024-03-30T01:30:00Z"), berlin()), at("2024-04-01T00:30:00Z"));
  EXPECT_EQ(next(*night, {}, at("2024-10-26T00:30:00Z"), berlin()), at("2024-10-27T00:30:00Z"));
  EXPECT_EQ(next(*night, {}, at("2024-10-27T00:30:00Z"), berlin()), at("2024-10-28T01:30:00Z"));
}

TEST(ExpressionTest, Rates) {
  const Timestamp start = at("2024-01-01T00:00:10Z");
  const auto rate = parse("rate(5 minutes)", Dialect::rule);
  EXPECT_EQ(next(*rate, start, at("2023-01-01T00:00:00Z"), TimeZone()), start);
  EXPECT_EQ(next(*rate, start, start, TimeZone()), at("2024-01-01T00:05:10Z"));
  EXPECT_EQ(next(*rate, start, at("2024-01-01T00:12:00Z"), TimeZone()), at("2024-01-01T00:15:10Z"));
  EXPECT_TRUE(parse("rate(1 hour)", Dialect::rule).has_value());
  EXPECT_TRUE(parse("rate(1 minutes)", Dialect::schedule).has_value());
  for (const std::string_view text :
       {"rate(1 minutes)", "rate(5 minute)", "rate(0 minutes)", "rate(5 seconds)", "rate(5)", "rate()",
        "rate(5minutes)", "rate 5 minutes", "at(2030-01-31T08:00:00)", "x"}) {
    EXPECT_FALSE(parse(text, Dialect::rule).has_value()) << text;
  }
}

TEST(ExpressionTest, Once) {
  const auto once = parse("at(2024-07-01T08:00:00)", Dialect::schedule);
  EXPECT_EQ(next(*once, {}, at("2024-01-01T00:00:00Z"), berlin()), at("2024-07-01T06:00:00Z"));
  EXPECT_EQ(next(*once, {}, at("2024-07-01T06:00:00Z"), berlin()), std::nullopt);
  const auto skipped = parse("at(2024-03-31T02:30:00)", Dialect::schedule);
  EXPECT_EQ(next(*skipped, {}, at("2024-01-01T00:00:00Z"), berlin()), at("2024-03-31T01:30:00Z"));
  for (const std::string_view text : {"at(2024-07-01)", "at(2024-13-01T08:00:00)", "at(2024-07-01T08:00:00Z)"}) {
    EXPECT_FALSE(parse(text, Dialect::schedule).has_value()) << text;
  }
}

TEST(ExpressionTest, Windows) {
  const Timestamp due = at("2024-07-01T08:00:00Z");
  EXPECT_EQ(within_window(due, Duration{0}, 12345), due);
  EXPECT_EQ(within_window(due, std::chrono::minutes(15), 901'000), due + Duration{1'000});
}

}  // namespace
}  // namespace stepwell::schedule
