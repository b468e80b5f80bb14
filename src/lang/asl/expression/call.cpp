#include "lang/asl/expression/call.h"

#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

Evaluated<json::Value> CallExpression::evaluate(Activation& activation, const json::Value& data) const {
  const auto values = activation.arena().make_array<json::Value>(arguments_.size());
  for (std::size_t i = 0; i < arguments_.size(); ++i) {
    auto value = argument(arguments_[i], activation, data);
    if (!value) return value;
    values[i] = *value;
  }
  return call_intrinsic(*intrinsic_, activation, values);
}

Evaluated<json::Value> CallExpression::argument(const Argument& argument, Activation& activation,
                                                const json::Value& data) const {
  if (!argument.expression) return argument.literal;
  if (argument.expression->kind() == Kind::call) return argument.expression->evaluate(activation, data);
  auto found = argument.expression->find(activation, data, IndexBehindEnd::null);
  if (!found) return std::unexpected(std::move(found).error());
  if (*found) return **found;
  return std::unexpected(
      runtime_failure(fmt::format("The function '{}' had the following error: The JsonPath argument for the field '{}' "
                                  "could not be found in the input '{}'",
                                  text(), argument.expression->text(), json::print(data))));
}

Evaluated<std::optional<json::Value>> CallExpression::find(Activation& activation, const json::Value& data,
                                                           IndexBehindEnd) const {
  auto value = evaluate(activation, data);
  if (!value) return std::unexpected(std::move(value).error());
  return *value;
}

void CallExpression::add_variables(std::vector<std::string_view>& names) const {
  for (const Argument& argument : arguments_) {
    if (argument.expression) argument.expression->add_variables(names);
  }
}

}  // namespace stepwell::asl
