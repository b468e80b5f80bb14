#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

// The element at an index from 0. An empty array gives null for any index, as on AWS.
Evaluated<json::Value> call(Activation&, std::span<const json::Value> arguments) {
  const std::optional<std::int32_t> index = intrinsics::whole_number(arguments[1]);
  if (!arguments[0].is_array() || !index) return intrinsics::invalid_arguments(array_get_item_intrinsic.name);
  const std::span<const json::Value> elements = arguments[0].elements();
  if (elements.empty()) return json::Value();
  if (*index < 0 || static_cast<std::size_t>(*index) >= elements.size()) {
    return intrinsics::invalid_arguments(array_get_item_intrinsic.name);
  }
  return elements[static_cast<std::size_t>(*index)];
}

}  // namespace

const Intrinsic array_get_item_intrinsic = {
    .name = "States.ArrayGetItem", .min_arguments = 2, .max_arguments = 2, .weight = 0, .call = call};

}  // namespace stepwell::asl
