#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/build.h"

namespace stepwell::asl {
namespace {

// Pieces of `size` elements, the last one maybe shorter. They share the array's elements.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  const std::optional<std::int32_t> size = intrinsics::whole_number(arguments[1]);
  if (!arguments[0].is_array() || !size || *size < 1) {
    return intrinsics::invalid_arguments(array_partition_intrinsic.name);
  }
  std::vector<json::Value> pieces;
  std::span<const json::Value> rest = arguments[0].elements();
  while (!rest.empty()) {
    const std::size_t count = std::min(rest.size(), static_cast<std::size_t>(*size));
    pieces.push_back(json::Value::array(rest.first(count)));
    rest = rest.subspan(count);
  }
  return json::make_array(activation.arena(), pieces);
}

}  // namespace

const Intrinsic array_partition_intrinsic = {
    .name = "States.ArrayPartition", .min_arguments = 2, .max_arguments = 2, .call = call};

}  // namespace stepwell::asl
