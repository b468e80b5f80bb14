// How many requests a route takes, in virtual time.

#include "services/apigateway/serving/stage.h"

#include <gtest/gtest.h>

namespace stepwell::apigateway {
namespace {

constexpr Timestamp start{Duration{1'700'000'000'000}};

// How many of `tried` requests are taken at once.
int taken(Throttle& throttle, Timestamp now, int tried = 1'000) {
  int count = 0;
  for (int i = 0; i < tried; ++i) count += throttle.takes(now) ? 1 : 0;
  return count;
}

TEST(Throttling, TakesABurstAndThenASteadyRate) {
  Throttle throttle(2, 5);
  EXPECT_EQ(taken(throttle, start), 5);
  EXPECT_EQ(taken(throttle, start + Duration{499}), 0);
  EXPECT_EQ(taken(throttle, start + Duration{500}), 1);
  EXPECT_EQ(taken(throttle, start + Duration{2'000}), 3);
  EXPECT_EQ(taken(throttle, start + std::chrono::hours(1)), 5);
}

TEST(Throttling, HoldsTheRateWhateverTheSteps) {
  Throttle throttle(100, 1);
  int count = 0;
  for (int millisecond = 0; millisecond < 10'000; ++millisecond) {
    count += taken(throttle, start + Duration{millisecond}, 3);
  }
  EXPECT_NEAR(count, 1'000, 1);
}

TEST(Throttling, ALimitOfNothingTakesNothing) {
  Throttle none(0, 0), no_burst(10, 0), no_rate(0, 2);
  EXPECT_EQ(taken(none, start + std::chrono::hours(1)), 0);
  EXPECT_EQ(taken(no_burst, start + std::chrono::hours(1)), 0);
  EXPECT_EQ(taken(no_rate, start), 2);
  EXPECT_EQ(taken(no_rate, start + std::chrono::hours(1)), 0);
}

TEST(Throttling, AClockThatGoesBackFillsNothingTwice) {
  Throttle throttle(1, 1);
  EXPECT_EQ(taken(throttle, start), 1);
  EXPECT_EQ(taken(throttle, start - Duration{5'000}), 0);
  EXPECT_EQ(taken(throttle, start + Duration{999}), 0);
  EXPECT_EQ(taken(throttle, start + Duration{1'000}), 1);
}

TEST(Throttling, ARoutesOwnSettingsGoBeforeThoseOfAll) {
  const Api api{.id = "a", .account = "123456789012", .region = "us-east-1", .document = {}};
  const auto stage = compile_stage(
      api,
      R"({"stageName":"s","defaultRouteSettings":{"throttlingBurstLimit":3,"throttlingRateLimit":1.5},
          "routeSettings":{"GET /one":{"throttlingBurstLimit":1,"throttlingRateLimit":1},
                           "GET /free":{"detailedMetricsEnabled":true},"GET /rate":{"throttlingRateLimit":7}}})",
      R"({"routes":[{"routeKey":"GET /one"},{"routeKey":"GET /free"},{"routeKey":"GET /rate"},{"routeKey":"$default"}]})");
  ASSERT_EQ(stage->routes.size(), 4U);
  EXPECT_EQ(taken(*stage->routes[0].throttle, start), 1);
  EXPECT_FALSE(stage->routes[1].throttle);
  EXPECT_EQ(taken(*stage->routes[2].throttle, start, 10'000), 5'000);
  EXPECT_EQ(taken(*stage->routes[3].throttle, start), 3);
  EXPECT_EQ(taken(*stage->routes[3].throttle, start + Duration{2'000}), 3);

  const auto free = compile_stage(api, R"({"stageName":"s","defaultRouteSettings":{"detailedMetricsEnabled":false}})",
                                  R"({"routes":[{"routeKey":"$default"}]})");
  EXPECT_FALSE(free->routes[0].throttle);
}

}  // namespace
}  // namespace stepwell::apigateway
