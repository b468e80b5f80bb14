#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

// java.util.Random: AWS's functions of chance give its numbers for a seed.
class JavaRandom {
 public:
  explicit JavaRandom(std::int64_t seed) : state_((static_cast<std::uint64_t>(seed) ^ multiplier) & mask) {}

  // Uniform in [start, end), as `ints(start, end)` draws.
  std::int32_t between(std::int32_t start, std::int32_t end) {
    const std::int64_t range = std::int64_t{end} - start;
    if (range <= INT32_MAX) return static_cast<std::int32_t>(start + below(static_cast<std::int32_t>(range)));
    std::int32_t drawn = bits(32);
    while (drawn < start || drawn >= end) drawn = bits(32);
    return drawn;
  }

 private:
  static constexpr std::uint64_t multiplier = 0x5DEECE66DULL;
  static constexpr std::uint64_t mask = (1ULL << 48U) - 1;

  std::int32_t bits(unsigned count) {
    state_ = (state_ * multiplier + 0xBULL) & mask;
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(state_ >> (48U - count)));
  }

  std::int32_t below(std::int32_t bound) {
    if ((bound & (bound - 1)) == 0) {
      return static_cast<std::int32_t>((std::int64_t{bound} * bits(31)) >> 31U);
    }
    while (true) {
      const std::int64_t drawn = bits(31);
      const std::int64_t result = drawn % bound;
      if (drawn - result + (bound - 1) <= INT32_MAX) return static_cast<std::int32_t>(result);
    }
  }

  std::uint64_t state_;
};

// An integer from the start up to, not including, the end; the same one for the same seed.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::optional<std::int32_t> start = intrinsics::whole_number(arguments[0]);
  const std::optional<std::int32_t> end = intrinsics::whole_number(arguments[1]);
  if (!start || !end || *start >= *end) return intrinsics::invalid_arguments(math_random_intrinsic.name);
  if (arguments.size() < 3) {
    const auto range = static_cast<std::uint64_t>(std::int64_t{*end} - *start);
    const std::uint64_t offset = ((activation.random().next() >> 32U) * range) >> 32U;
    return json::Value::integer(activation.arena(), *start + static_cast<std::int64_t>(offset));
  }
  const std::optional<std::int32_t> seed = intrinsics::whole_number(arguments[2]);
  if (!seed) return intrinsics::invalid_arguments(math_random_intrinsic.name);
  return json::Value::integer(activation.arena(), JavaRandom(*seed).between(*start, *end));
}

}  // namespace

const Intrinsic math_random_intrinsic = {
    .name = "States.MathRandom", .min_arguments = 2, .max_arguments = 3, .call = call};

}  // namespace stepwell::asl
