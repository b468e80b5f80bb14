#include "services/deliveries/retries.h"

#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace stepwell::deliveries {
namespace {

constexpr Duration second{1'000};

// The delays in seconds.
std::string delays(const Retries& retries) {
  SeededRandom random(3);
  std::string text;
  for (std::uint32_t retry = 0; const auto delay = delay_before(retries, retry, random); ++retry) {
    text += fmt::format("{}{:g}", text.empty() ? "" : " ", static_cast<double>(delay->count()) / 1000);
  }
  return text;
}

Retries growing(Retries::Growth growth) {
  return {.growing = 4, .shortest = second, .longest = 16 * second, .growth = growth};
}

TEST(Retries, Phases) {
  Retries retries = growing(Retries::Growth::exponential);
  retries.immediate = 2;
  retries.shortest_first = 1;
  retries.longest_last = 2;
  EXPECT_EQ(retries.count(), 9U);
  EXPECT_EQ(delays(retries), "0 0 1 1 2 4 8 16 16");
}

TEST(Retries, Growth) {
  EXPECT_EQ(delays(growing(Retries::Growth::linear)), "4.75 8.5 12.25 16");
  EXPECT_EQ(delays(growing(Retries::Growth::arithmetic)), "2.5 5.5 10 16");
  EXPECT_EQ(delays(growing(Retries::Growth::geometric)), "2 4 8 16");
  EXPECT_EQ(delays(growing(Retries::Growth::exponential)), "1 2 4 8");
}

TEST(Retries, NoneAtAll) { EXPECT_EQ(delays({}), ""); }

TEST(Retries, EveryDelayMayBeTheSame) {
  for (const auto growth : {Retries::Growth::linear, Retries::Growth::arithmetic, Retries::Growth::geometric,
                            Retries::Growth::exponential}) {
    EXPECT_EQ(delays({.growing = 3, .shortest = 20 * second, .longest = 20 * second, .growth = growth}), "20 20 20");
  }
}

TEST(Retries, JitterShortensByHalfAtMost) {
  SeededRandom random(3);
  const Retries retries = event_retries(185, std::chrono::hours(24));
  EXPECT_EQ(retries.count(), 185U);
  Duration all{0};
  for (std::uint32_t retry = 0; retry < 185; ++retry) {
    const Duration delay = *delay_before(retries, retry, random);
    const Duration whole = retry < 10 ? second * (1U << retry) : 600 * second;
    EXPECT_LE(delay, whole);
    EXPECT_GE(delay, whole / 2);
    all += delay;
  }
  EXPECT_GT(all, std::chrono::hours(20));
  EXPECT_LT(all, std::chrono::hours(24));
}

TEST(Retries, ManagedEndpointsOfSns) { EXPECT_EQ(managed_endpoint_retries().count(), 100'015U); }

}  // namespace
}  // namespace stepwell::deliveries
