// States.{Name}: what it gives for which arguments.
#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

Evaluated<json::Value> call(Activation&, std::span<const json::Value>) {
  return intrinsics::invalid_arguments({name}_intrinsic.name);
}

}  // namespace

const Intrinsic {name}_intrinsic = {
    .name = "States.{Name}", .min_arguments = 1, .max_arguments = 1, .call = call};

}  // namespace stepwell::asl
