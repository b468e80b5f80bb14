#include "services/deliveries/retries.h"

#include <cmath>

namespace stepwell::deliveries {
namespace {

constexpr Duration second{1'000};

// How far from the shortest to the longest delay step `step` of `steps` (from 1) stands.
double part_of(Retries::Growth growth, double shortest, double longest, double step, double steps) {
  switch (growth) {
    case Retries::Growth::linear: return step / steps;
    case Retries::Growth::arithmetic: return step * (step + 1) / (steps * (steps + 1));
    case Retries::Growth::geometric: {
      const double ratio = std::max(longest, 1.0) / std::max(shortest, 1.0);
      return ratio <= 1 ? 1 : (std::pow(ratio, step / steps) - 1) / (ratio - 1);
    }
    case Retries::Growth::exponential: {
      const double doubled = std::max(shortest, 1.0) * std::exp2(step - 1);
      return longest <= shortest ? 1 : std::min((doubled - shortest) / (longest - shortest), 1.0);
    }
  }
  return 1;
}

Duration grown(const Retries& retries, std::uint32_t step) {
  const auto shortest = static_cast<double>(retries.shortest.count());
  const auto longest = static_cast<double>(retries.longest.count());
  const double part = part_of(retries.growth, shortest, longest, step + 1.0, retries.growing);
  return Duration{std::llround(shortest + (longest - shortest) * part)};
}

Duration planned(const Retries& retries, std::uint32_t retry) {
  if (retry < retries.immediate) return Duration{0};
  retry -= retries.immediate;
  if (retry < retries.shortest_first) return retries.shortest;
  retry -= retries.shortest_first;
  return retry < retries.growing ? grown(retries, retry) : retries.longest;
}

}  // namespace

std::optional<Duration> delay_before(const Retries& retries, std::uint32_t retry, Random& random) {
  if (retry >= retries.count()) return std::nullopt;
  const Duration delay = planned(retries, retry);
  if (!retries.jitter) return delay;
  const auto half = static_cast<std::uint64_t>(delay.count() / 2);
  return delay - Duration{random.next() % (half + 1)};
}

Retries event_retries(std::uint32_t attempts, Duration max_age) {
  constexpr std::uint32_t doublings = 10;  // 1 s, 2 s, … 512 s
  const std::uint32_t growing = std::min(attempts, doublings);
  return {.growing = growing,
          .longest_last = attempts - growing,
          .shortest = second,
          .longest = 600 * second,
          .growth = Retries::Growth::exponential,
          .jitter = true,
          .max_age = max_age};
}

Retries managed_endpoint_retries() {
  return {.immediate = 3,
          .shortest_first = 2,
          .growing = 10,
          .longest_last = 100'000,
          .shortest = second,
          .longest = 20 * second,
          .growth = Retries::Growth::exponential,
          .jitter = true};
}

}  // namespace stepwell::deliveries
