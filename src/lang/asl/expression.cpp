#include "lang/asl/expression.h"

#include "lang/asl/expression/call.h"
#include "lang/asl/expression/path_expression.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

Error invalid_expression(std::string message) {
  return {.fault = Fault::client, .code = "InvalidExpression", .message = std::move(message), .detail = {}};
}

Result<std::unique_ptr<Expression>> Expression::compile(std::string_view text) {
  if (text.starts_with("$$")) return ContextPathExpression::compile(text);
  if (text.starts_with("$")) {
    return variable_name_length(text) > 0 ? VariableExpression::compile(text) : PathExpression::compile(text);
  }
  if (text.starts_with("States.")) return CallExpression::compile(text);
  return fail(invalid_expression(
      fmt::format("'{}' is neither a path ($…), a context path ($$…), a variable ($name…) nor an intrinsic function "
                  "(States.…(…))",
                  text)));
}

Evaluated<json::Value> evaluate_field(const Expression& expression, Activation& activation, const json::Value& data,
                                      std::string_view field) {
  if (expression.kind() == Expression::Kind::call) return expression.evaluate(activation, data);
  auto found = expression.find(activation, data, Expression::IndexBehindEnd::null);
  if (!found) return std::unexpected(std::move(found).error());
  if (*found) return **found;
  return std::unexpected(
      runtime_failure(fmt::format("The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'",
                                  expression.text(), field, json::print(data))));
}

}  // namespace stepwell::asl
