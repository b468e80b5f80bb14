#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!arguments[0].is_array()) return intrinsics::invalid_arguments(array_length_intrinsic.name);
  return json::Value::integer(activation.arena(), static_cast<std::int64_t>(arguments[0].size()));
}

}  // namespace

const Intrinsic array_length_intrinsic = {
    .name = "States.ArrayLength", .min_arguments = 1, .max_arguments = 1, .weight = 0, .call = call};

}  // namespace stepwell::asl
