#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

// Its arguments as an array; none give [].
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  return json::make_array(activation.arena(), arguments);
}

}  // namespace

const Intrinsic array_intrinsic = {
    .name = "States.Array", .min_arguments = 0, .max_arguments = unlimited_arguments, .call = call};

}  // namespace stepwell::asl
