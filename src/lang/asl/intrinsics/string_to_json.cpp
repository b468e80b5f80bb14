#include "lang/asl/intrinsics/arguments.h"
#include "lang/asl/intrinsics/intrinsic.h"
#include "lang/json/parse.h"

namespace stepwell::asl {
namespace {

// A text of nothing but white space is null, and -0 is read as 0.
Evaluated<json::Value> call(Activation& activation, std::span<const json::Value> arguments) {
  if (!arguments[0].is_string()) return intrinsics::invalid_arguments(string_to_json_intrinsic.name);
  const std::string_view text = arguments[0].as_string();
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return json::Value();
  const std::expected<json::Value, json::ParseError> value = json::parse(activation.arena(), text);
  if (!value) return intrinsics::invalid_arguments(string_to_json_intrinsic.name);
  if (value->is_number() && value->lexeme() == "-0") return json::Value::number("0");
  return *value;
}

}  // namespace

const Intrinsic string_to_json_intrinsic = {
    .name = "States.StringToJson", .min_arguments = 1, .max_arguments = 1, .weight = 4, .call = call};

}  // namespace stepwell::asl
