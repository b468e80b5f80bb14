#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

Evaluated<json::Value> call(Activation& activation, std::span<const json::Value>) {
  return json::make_string(activation.arena(), make_uuid(activation.random()));
}

}  // namespace

const Intrinsic uuid_intrinsic = {.name = "States.UUID", .min_arguments = 0, .max_arguments = 0, .call = call};

}  // namespace stepwell::asl
