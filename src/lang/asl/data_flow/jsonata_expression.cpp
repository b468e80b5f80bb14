#include "lang/asl/data_flow/jsonata_expression.h"

#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/expression.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

constexpr std::string_view spaces = " \t\n\r";
constexpr std::string_view function_result = "U1004";

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

constexpr bool is_name_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Whether each $states in the text goes on with a member that is not the context object. Otherwise the expression may
// look at the context object in ways that only its evaluation shows ($states.*, $s := $states).
bool leaves_context_alone(std::string_view text) {
  constexpr std::string_view states = "$states";
  for (std::size_t at = text.find(states); at != text.npos; at = text.find(states, at)) {
    at += states.size();
    const auto rest = text.substr(at);
    const auto follows = [rest](std::string_view member) {
      return rest.starts_with(member) && (rest.size() == member.size() || !is_name_part(rest[member.size()]));
    };
    if (!follows(".input") && !follows(".result") && !follows(".errorOutput")) return false;
  }
  return true;
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
  for (const jsonata::Reference& reference : program->references()) {
    if (reference.kind == jsonata::Reference::Kind::variable && reference.name != "states") {
      context.variables.push_back(reference.name);
    }
  }
  const auto looks =
      leaves_context_alone(expression) ? JsonataScope::Context::left_out : JsonataScope::Context::included;
  return JsonataExpression(std::move(*program), std::move(location), looks);
}

Evaluated<json::Value> JsonataExpression::evaluate(const JsonataScope& scope) const {
  Activation& activation = scope.activation();
  const JsonataScope::Names names(scope, context_);
  const jsonata::Environment environment{
      .bindings = &names, .now = activation.now(), .random = &activation.random(), .limits = {}};
  auto value = program_.evaluate(activation.arena(), std::nullopt, environment);
  if (!value) return std::unexpected(failure(value.error()));
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
