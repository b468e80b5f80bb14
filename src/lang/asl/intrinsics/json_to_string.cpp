#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/print.h"

namespace stepwell::asl {
namespace {

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!intrinsics::is_within_bounds(arguments[0])) {
    return intrinsics::invalid_arguments(json_to_string_intrinsic.name, "the result is too long");
  }
  return intrinsics::text_value(activation, json_to_string_intrinsic.name, json::print(arguments[0]));
}

}  // namespace

const Intrinsic json_to_string_intrinsic = {
    .name = "States.JsonToString", .min_arguments = 1, .max_arguments = 1, .call = call};

}  // namespace stepwell::asl
