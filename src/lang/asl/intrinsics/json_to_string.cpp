#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"
#include "lang/json/print.h"

namespace stepwell::asl {
namespace {

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  std::string text;
  if (!json::print_within(text, arguments[0], intrinsics::max_result_bytes)) {
    return intrinsics::invalid_arguments(json_to_string_intrinsic.name, "the result is too long");
  }
  return json::make_string(activation.arena(), text);
}

}  // namespace

const Intrinsic json_to_string_intrinsic = {
    .name = "States.JsonToString", .min_arguments = 1, .max_arguments = 1, .call = call};

}  // namespace stepwell::asl
