#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

#include <cmath>

namespace stepwell::asl {
namespace {

// Java's Math.round: to the nearest integer, a half towards +∞; within 32 bits.
std::optional<std::int64_t> rounded(const json::Value& value) {
  if (!value.is_number()) return std::nullopt;
  const double number = value.as_double();
  const double below = std::floor(number);
  const double whole = number - below >= 0.5 ? below + 1 : below;
  if (!(whole >= -2147483648.0 && whole <= 2147483647.0)) return std::nullopt;
  return static_cast<std::int64_t>(whole);
}

// Each operand is rounded before they are added: -0.5 + 0.5 is 1.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::optional<std::int64_t> a = rounded(arguments[0]);
  const std::optional<std::int64_t> b = rounded(arguments[1]);
  if (!a || !b) return intrinsics::invalid_arguments(math_add_intrinsic.name);
  const std::int64_t sum = *a + *b;
  if (sum < INT32_MIN || sum > INT32_MAX) return intrinsics::invalid_arguments(math_add_intrinsic.name);
  return json::Value::integer(activation.arena(), sum);
}

}  // namespace

const Intrinsic math_add_intrinsic = {.name = "States.MathAdd", .min_arguments = 2, .max_arguments = 2, .call = call};

}  // namespace stepwell::asl
