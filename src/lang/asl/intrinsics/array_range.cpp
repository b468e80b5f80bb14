#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

constexpr std::int64_t max_elements = 1000;

// start, start + step, … up to the end, which belongs to the range; empty where the step leads away from the end.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::optional<std::int32_t> start = intrinsics::whole_number(arguments[0]);
  const std::optional<std::int32_t> end = intrinsics::whole_number(arguments[1]);
  const std::optional<std::int32_t> step = intrinsics::whole_number(arguments[2]);
  if (!start || !end || !step || *step == 0) return intrinsics::invalid_arguments(array_range_intrinsic.name);
  const std::int64_t way = std::int64_t{*end} - *start;
  const bool away = (way > 0 && *step < 0) || (way < 0 && *step > 0);
  const std::int64_t count = away ? 0 : way / *step + 1;
  if (count > max_elements) return intrinsics::invalid_arguments(array_range_intrinsic.name);
  std::vector<json::Value> elements;
  elements.reserve(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    elements.push_back(json::Value::integer(activation.arena(), *start + i * *step));
  }
  return json::make_array(activation.arena(), elements);
}

}  // namespace

const Intrinsic array_range_intrinsic = {
    .name = "States.ArrayRange", .min_arguments = 3, .max_arguments = 3, .call = call};

}  // namespace stepwell::asl
