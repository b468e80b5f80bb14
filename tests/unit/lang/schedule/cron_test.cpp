#include "lang/schedule/cron.h"

#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace stepwell::schedule {
namespace {

Timestamp at(std::string_view text) { return *parse_rfc3339(text); }

// The next times behind `after`, in UTC.
std::vector<std::string> times(std::string_view text, std::string_view after, std::size_t count) {
  const auto cron = Cron::parse(text);
  EXPECT_TRUE(cron.has_value()) << text;
  std::vector<std::string> out;
  Timestamp time = at(after);
  while (cron && out.size() < count) {
    const auto next = cron->next(time, TimeZone());
    if (!next) break;
    out.push_back(format_rfc3339(*next).substr(0, 16));
    time = *next;
  }
  return out;
}
using Times = std::vector<std::string>;

// The examples of the documentation of EventBridge; 2024-01-01 is a Monday.
TEST(CronTest, DocumentedExamples) {
  EXPECT_EQ(times("0 10 * * ? *", "2024-01-01T10:00:00Z", 2), (Times{"2024-01-02T10:00", "2024-01-03T10:00"}));
  EXPECT_EQ(times("15 12 * * ? *", "2024-01-01T00:00:00Z", 1), (Times{"2024-01-01T12:15"}));
  EXPECT_EQ(times("0 18 ? * MON-FRI *", "2024-01-05T18:00:00Z", 1), (Times{"2024-01-08T18:00"}));
  EXPECT_EQ(times("0 8 1 * ? *", "2024-01-01T08:00:00Z", 2), (Times{"2024-02-01T08:00", "2024-03-01T08:00"}));
  EXPECT_EQ(times("0/15 * * * ? *", "2024-01-01T00:50:00Z", 2), (Times{"2024-01-01T01:00", "2024-01-01T01:15"}));
  EXPECT_EQ(times("0/10 * ? * MON-FRI *", "2024-01-05T23:50:00Z", 1), (Times{"2024-01-08T00:00"}));
  EXPECT_EQ(times("0/5 8-17 ? * MON-FRI *", "2024-01-01T17:55:00Z", 1), (Times{"2024-01-02T08:00"}));
  EXPECT_EQ(times("0/30 20-2 ? * MON-FRI *", "2024-01-01T02:30:00Z", 2),
            (Times{"2024-01-01T20:00", "2024-01-01T20:30"}));
}

TEST(CronTest, LastDays) {
  EXPECT_EQ(times("0 0 L * ? *", "2024-02-01T00:00:00Z", 2), (Times{"2024-02-29T00:00", "2024-03-31T00:00"}));
  EXPECT_EQ(times("0 0 LW * ? *", "2024-03-01T00:00:00Z", 1), (Times{"2024-03-29T00:00"}));
  EXPECT_EQ(times("0 0 ? * L *", "2024-01-01T00:00:00Z", 1), (Times{"2024-01-06T00:00"}));
  EXPECT_EQ(times("0 0 ? * 6L *", "2024-01-01T00:00:00Z", 2), (Times{"2024-01-26T00:00", "2024-02-23T00:00"}));
  EXPECT_EQ(times("15 10 ? * 6L 2024-2025", "2025-12-01T00:00:00Z", 5), (Times{"2025-12-26T10:15"}));
}

TEST(CronTest, NearestWeekday) {
  // 15 June 2024 is a Saturday, 15 September 2024 a Sunday, 1 June 2024 a Saturday, 31 March 2024 a Sunday.
  EXPECT_EQ(times("0 0 15W 6 ? *", "2024-01-01T00:00:00Z", 1), (Times{"2024-06-14T00:00"}));
  EXPECT_EQ(times("0 0 15W 9 ? *", "2024-01-01T00:00:00Z", 1), (Times{"2024-09-16T00:00"}));
  EXPECT_EQ(times("0 0 1W 6 ? *", "2024-01-01T00:00:00Z", 1), (Times{"2024-06-03T00:00"}));
  EXPECT_EQ(times("0 0 31W 3-4 ? *", "2024-01-01T00:00:00Z", 2), (Times{"2024-03-29T00:00", "2025-03-31T00:00"}));
}

TEST(CronTest, NthDayOfTheMonth) {
  EXPECT_EQ(times("0 9 ? * 2#1 *", "2024-01-01T09:00:00Z", 2), (Times{"2024-02-05T09:00", "2024-03-04T09:00"}));
  EXPECT_EQ(times("0 9 ? * TUE#5 *", "2024-01-01T00:00:00Z", 2), (Times{"2024-01-30T09:00", "2024-04-30T09:00"}));
}

TEST(CronTest, ListsRangesSteps) {
  EXPECT_EQ(times("0 0 1,15 JAN,jul ? *", "2024-01-01T00:00:00Z", 3),
            (Times{"2024-01-15T00:00", "2024-07-01T00:00", "2024-07-15T00:00"}));
  EXPECT_EQ(times("10-50/20 3 * * ? *", "2024-01-01T00:00:00Z", 3),
            (Times{"2024-01-01T03:10", "2024-01-01T03:30", "2024-01-01T03:50"}));
  EXPECT_EQ(times("0 0 ? * FRI-SUN *", "2024-01-04T00:00:00Z", 3),
            (Times{"2024-01-05T00:00", "2024-01-06T00:00", "2024-01-07T00:00"}));
  EXPECT_EQ(times("0 0 29 2 ? *", "2024-03-01T00:00:00Z", 2), (Times{"2028-02-29T00:00", "2032-02-29T00:00"}));
}

TEST(CronTest, WhatNeverComes) {
  EXPECT_EQ(times("0 0 30 2 ? *", "2024-01-01T00:00:00Z", 1), (Times{}));
  EXPECT_EQ(times("0 0 1 1 ? 2020", "2024-01-01T00:00:00Z", 1), (Times{}));
  EXPECT_EQ(times("0 0 1 1 ? 2199", "2024-01-01T00:00:00Z", 2), (Times{"2199-01-01T00:00"}));
}

TEST(CronTest, WhatIsNoExpression) {
  for (const std::string_view text : {"",
                                      "0 10 * * ?",
                                      "0 10 * * ? * *",
                                      "0 10 * * * *",
                                      "0 10 ? * ? *",
                                      "60 10 * * ? *",
                                      "0 24 * * ? *",
                                      "0 0 0 * ? *",
                                      "0 0 32 * ? *",
                                      "0 0 1 13 ? *",
                                      "0 0 1 FOO ? *",
                                      "0 0 ? * 8 *",
                                      "0 0 ? * 2#6 *",
                                      "0 0 1 1 ? 1969",
                                      "0 0 1 1 ? 2200",
                                      "-1 0 1 1 ? *",
                                      "0/0 0 1 1 ? *",
                                      "1-x 0 1 1 ? *",
                                      ", 0 1 1 ? *",
                                      "? 0 1 1 ? *",
                                      "W 0 1 1 ? *",
                                      "0 0 W * ? *",
                                      "0 0 1 ? ? *",
                                      "1,, 0 1 1 ? *"}) {
    EXPECT_FALSE(Cron::parse(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace stepwell::schedule
