#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"

namespace stepwell::asl {
namespace {

// Is the value among the elements? AWS compares what both print as: 1 is found in ["1"], and {"a":1,"b":2} is not
// {"b":2,"a":1}.
Evaluated<json::Value> call(Activation&, std::span<const json::Value> arguments) {
  if (!arguments[0].is_array()) return intrinsics::invalid_arguments(array_contains_intrinsic.name);
  const std::string sought = intrinsics::java_text(arguments[1]);
  std::string text;
  const auto is_sought = [&](const json::Value& element) {
    if (element.is_string()) return element.as_string() == sought;
    text.clear();
    intrinsics::append_java_text(text, element);
    return text == sought;
  };
  return json::Value::boolean(std::ranges::any_of(arguments[0].elements(), is_sought));
}

}  // namespace

const Intrinsic array_contains_intrinsic = {
    .name = "States.ArrayContains", .min_arguments = 2, .max_arguments = 2, .call = call};

}  // namespace stepwell::asl
