#include "../events/world.h"
#include "services/scheduler/service.h"

namespace stepwell::scheduler {
namespace {

// One zone, an hour before UTC.
class Zones final : public schedule::ZoneFiles {
 public:
  std::optional<std::string> read(std::string_view name) override {
    if (name != "Here") return std::nullopt;
    std::string block = "TZif2" + std::string(15, '\0');
    for (const char count : {'\0', '\0', '\0', '\0', '\1', '\4'}) block += std::string(3, '\0') + count;
    block += std::string("\0\0\x0E\x10", 4) + std::string(2, '\0') + std::string("ABC\0", 4);
    return block + block + "\nABC-1\n";
  }
};

class SchedulerTest : public testing::Test, public events::World {
 protected:
  SchedulerTest() { open(); }
  void open() {
    auto service = std::make_unique<Service>(ServicePorts{.store = store_,
                                                          .scheduler = scheduler_,
                                                          .clock = clock_,
                                                          .random = random_,
                                                          .log = log_,
                                                          .zones = zones_,
                                                          .directory = *directory_,
                                                          .deliveries = *deliveries_});
    Service* const opened = service.get();
    directory_->add(std::move(service));
    EXPECT_TRUE(opened->start().has_value());
    scheduler_.run();
  }
  void crash() {
    reopen();
    open();
  }
  // A schedule whose runs make log groups: run-1 the first time, then it fails.
  void schedule(std::string_view name, std::string_view expression, std::string_view more = "") {
    must("CreateSchedule",
         fmt::format(R"({{"Name":"{}","ScheduleExpression":"{}","FlexibleTimeWindow":{{"Mode":"OFF"}},
                         "Target":{{"Arn":"arn:aws:scheduler:::aws-sdk:cloudwatchlogs:createLogGroup",
                                    "RoleArn":"arn:aws:iam::123456789012:role/r",
                                    "Input":"{{\"LogGroupName\":\"run-<aws.scheduler.execution-id>\"}}"}}{}}})",
                     name, expression, more),
         "scheduler");
  }
  std::size_t runs() {
    return must("DescribeLogGroups", R"({"logGroupNamePrefix":"run-"})", "logs").find("logGroups")->size();
  }
  bool is_there(std::string_view name) {
    return ask("GetSchedule", fmt::format(R"({{"Name":"{}"}})", name), "scheduler").has_value();
  }
  std::string in(Duration time) { return format_rfc3339(clock_.now() + time).substr(0, 19); }

  Zones zones_;
};

TEST_F(SchedulerTest, ARateBeginsAtOnce) {
  schedule("s", "rate(10 minutes)");
  pass(Duration{1});
  EXPECT_EQ(runs(), 1U);
  pass(std::chrono::minutes(29));
  EXPECT_EQ(runs(), 3U);
  must("DeleteSchedule", R"({"Name":"s"})", "scheduler");
  pass(std::chrono::hours(1));
  EXPECT_EQ(runs(), 3U);
}

TEST_F(SchedulerTest, OnceAndThenGone) {
  const std::string expression = fmt::format("at({})", in(std::chrono::minutes(5)));
  schedule("stays", expression);
  schedule("goes", expression, R"(,"ActionAfterCompletion":"DELETE")");
  pass(std::chrono::minutes(4));
  EXPECT_EQ(runs(), 0U);
  pass(std::chrono::minutes(2));
  EXPECT_EQ(runs(), 2U);
  EXPECT_TRUE(is_there("stays"));
  EXPECT_FALSE(is_there("goes"));
  pass(std::chrono::days(2));
  EXPECT_EQ(runs(), 2U);
}

TEST_F(SchedulerTest, ByTheClockOfAZone) {
  clock_.set(*parse_rfc3339("2024-01-01T10:30:00Z"));
  schedule("s", "cron(0 12 * * ? *)", R"(,"ScheduleExpressionTimezone":"Here")");
  pass(std::chrono::minutes(29));
  EXPECT_EQ(runs(), 0U);
  pass(std::chrono::minutes(2));
  EXPECT_EQ(runs(), 1U);
}

TEST_F(SchedulerTest, BetweenStartAndEnd) {
  const auto seconds = clock_.now().time_since_epoch().count() / 1000;
  schedule(
      "s", "rate(10 minutes)",
      fmt::format(R"(,"StartDate":{},"EndDate":{},"ActionAfterCompletion":"DELETE")", seconds + 3600, seconds + 4900));
  pass(std::chrono::minutes(59));
  EXPECT_EQ(runs(), 0U);
  pass(std::chrono::minutes(2));
  EXPECT_EQ(runs(), 1U);
  pass(std::chrono::hours(5));
  EXPECT_EQ(runs(), 3U);
  EXPECT_FALSE(is_there("s"));
}

TEST_F(SchedulerTest, WithinAWindow) {
  const std::string form = R"j({{"Name":"w","ScheduleExpression":"at({})",
      "FlexibleTimeWindow":{{"Mode":"FLEXIBLE","MaximumWindowInMinutes":60}},
      "Target":{{"Arn":"arn:aws:scheduler:::aws-sdk:cloudwatchlogs:createLogGroup",
                 "RoleArn":"arn:aws:iam::123456789012:role/r","Input":"{{\"LogGroupName\":\"run-w\"}}"}}}})j";
  must("CreateSchedule", fmt::format(fmt::runtime(form), in(std::chrono::minutes(5))), "scheduler");
  pass(std::chrono::minutes(4));
  EXPECT_EQ(runs(), 0U);
  pass(std::chrono::minutes(62));
  EXPECT_EQ(runs(), 1U);
}

TEST_F(SchedulerTest, WhatIsDueWhileTheServerIsDownRunsOnce) {
  schedule("s", "rate(10 minutes)");
  pass(std::chrono::minutes(1));
  EXPECT_EQ(runs(), 1U);
  clock_.advance(std::chrono::minutes(45));
  crash();
  pass(Duration{1});
  EXPECT_EQ(runs(), 2U);
  crash();
  pass(Duration{1});
  EXPECT_EQ(runs(), 2U);
  pass(std::chrono::minutes(5));
  EXPECT_EQ(runs(), 3U);
}

TEST_F(SchedulerTest, ADisabledScheduleWaits) {
  schedule("s", "rate(10 minutes)", R"(,"State":"DISABLED")");
  pass(std::chrono::hours(1));
  EXPECT_EQ(runs(), 0U);
  must("UpdateSchedule",
       R"j({"Name":"s","ScheduleExpression":"rate(10 minutes)","FlexibleTimeWindow":{"Mode":"OFF"},
            "Target":{"Arn":"arn:aws:scheduler:::aws-sdk:cloudwatchlogs:createLogGroup",
                      "RoleArn":"arn:aws:iam::123456789012:role/r",
                      "Input":"{\"LogGroupName\":\"run-<aws.scheduler.execution-id>\"}"}})j",
       "scheduler");
  pass(std::chrono::minutes(10));
  EXPECT_EQ(runs(), 1U);
}

TEST_F(SchedulerTest, AGroupGoesWithItsSchedules) {
  must("CreateScheduleGroup", R"({"Name":"g"})", "scheduler");
  schedule("s", "rate(10 minutes)", R"(,"GroupName":"g","State":"DISABLED")");
  schedule("t", fmt::format("at({})", in(std::chrono::hours(1))), R"(,"GroupName":"g")");
  must("DeleteScheduleGroup", R"({"Name":"g"})", "scheduler");
  pass(std::chrono::hours(2));
  EXPECT_EQ(runs(), 0U);
  EXPECT_EQ(must("ListSchedules", "{}", "scheduler").find("Schedules")->size(), 0U);
}

}  // namespace
}  // namespace stepwell::scheduler
