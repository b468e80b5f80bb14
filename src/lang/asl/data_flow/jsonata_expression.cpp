#include "lang/asl/data_flow/jsonata_expression.h"

#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/expression.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

constexpr std::string_view spaces = " \t\n\r";
constexpr std::string_view function_result = "U1004";

// JSONata's steps are smaller than those of the budget.
constexpr std::uint64_t jsonata_steps = 5;
// In the words of an expression that runs into its own bound.
constexpr std::string_view out_of_time =
    "threw an error during evaluation: Expression evaluation timeout: Check for infinite loop";

// As typeof and JSON name it.
std::string_view type_name(json::Kind kind) {
  switch (kind) {
    case json::Kind::null: return "null";
    case json::Kind::boolean: return "boolean";
    case json::Kind::number: return "number";
    case json::Kind::string: return "string";
    case json::Kind::array: return "array";
    case json::Kind::object: return "object";
  }
  std::unreachable();
}

// Without a member of $states named, only evaluation shows whether the context object is looked at ($states.*).
bool may_look_at_context(const jsonata::Reference& states) {
  return states.member.empty() || states.member == "context";
}

}  // namespace

std::optional<std::string_view> jsonata_expression_in(std::string_view text) {
  if (text.size() < 4 || !text.starts_with("{%") || !text.ends_with("%}")) return std::nullopt;
  text = text.substr(2, text.size() - 4);
  const std::size_t first = text.find_first_not_of(spaces);
  if (first == text.npos) return std::string_view();
  return text.substr(first, text.find_last_not_of(spaces) - first + 1);
}

Result<JsonataExpression> JsonataExpression::compile(CompileContext context, std::string_view expression,
                                                     std::string location) {
  auto program = jsonata::Expression::compile(expression, jsonata::Dialect::aws);
  if (!program) {
    return fail(invalid_expression(fmt::format("'{}' is no JSONata: {}", expression, program.error().message)));
  }
  auto looks = JsonataScope::Context::left_out;
  for (const jsonata::Reference& reference : program->references()) {
    if (reference.kind != jsonata::Reference::Kind::variable) continue;
    if (reference.name != "states") {
      context.variables.push_back(reference.name);
    } else if (may_look_at_context(reference)) {
      looks = JsonataScope::Context::included;
    }
  }
  return JsonataExpression(std::move(*program), std::move(location), looks);
}

Evaluated<json::Value> JsonataExpression::evaluate(const JsonataScope& scope) const {
  Activation& activation = scope.activation();
  const JsonataScope::Names names(scope, context_);
  Budget& budget = activation.budget();
  const std::size_t arena_bytes = activation.arena().bytes();
  std::uint64_t steps = 0;
  jsonata::Environment environment{
      .bindings = &names, .now = activation.now(), .random = &activation.random(), .limits = {}, .steps = &steps};
  environment.limits.steps = std::min(environment.limits.steps, budget.left() * jsonata_steps);
  auto value = program_.evaluate(activation.arena(), std::nullopt, environment);
  const std::size_t grown = activation.arena().bytes() - arena_bytes;
  const bool paid = budget.spend(1 + steps / jsonata_steps + text_steps(grown));
  if (!value) return std::unexpected(failure(value.error()));
  if (!paid) return std::unexpected(failure(out_of_time));
  if (!*value) return std::unexpected(failure("returned nothing (undefined)."));
  return **value;
}

Failure JsonataExpression::unexpected_type(std::string_view expected, const json::Value& value) const {
  return failure(fmt::format("returned an unexpected result type. Expected '{}', but was '{}' for value: {}", expected,
                             type_name(value.kind()), json::print(value)));
}

Failure JsonataExpression::failure(std::string_view what) const {
  return evaluation_failure(
      fmt::format("The JSONata expression '{}' specified for the field '{}' {}", program_.text(), location_, what),
      location_);
}

// The codes that begin with U are not JSONata's: AWS tells of its bounds without a code.
Failure JsonataExpression::failure(const jsonata::Error& error) const {
  if (error.code == function_result) return failure("returned an unsupported result type.");
  if (error.code.starts_with('U')) return failure(fmt::format("threw an error during evaluation: {}", error.message));
  return failure(fmt::format("threw an error during evaluation. {}: {}", error.code, error.message));
}

}  // namespace stepwell::asl
