#include "lang/asl/expression/path_expression.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// AWS's evaluator takes no null document.
Failure null_input() { return runtime_failure("Unable to apply Path transformation to null or empty input."); }

Failure nothing_at(const std::string& text, const std::string& reason) {
  return runtime_failure(fmt::format("Invalid path '{}' : {}", text, reason));
}

Evaluated<json::Value> evaluate_path(const jsonpath::Path& path, const std::string& text, Activation& activation,
                                     const json::Value& root) {
  auto value = path.evaluate(activation.arena(), root, activation.budget());
  if (value) return *value;
  if (value.error().kind == jsonpath::EvaluationError::Kind::index_out_of_range) return json::Value();
  return std::unexpected(nothing_at(text, value.error().message));
}

Evaluated<std::optional<json::Value>> find_path(const jsonpath::Path& path, const std::string& text,
                                                Activation& activation, const json::Value& root,
                                                Expression::IndexBehindEnd behind_end) {
  using Kind = jsonpath::EvaluationError::Kind;
  auto value = path.evaluate(activation.arena(), root, activation.budget());
  if (value) return *value;
  const auto& error = value.error();
  if (error.kind == Kind::limit) return std::unexpected(nothing_at(text, error.message));
  if (error.kind == Kind::index_out_of_range && behind_end == Expression::IndexBehindEnd::null) return json::Value();
  return std::nullopt;
}

// `text` is the path from its root on, `whole` what stands in the definition.
Result<jsonpath::Path> compile_path(std::string_view text, std::string_view whole) {
  auto path = jsonpath::Path::compile(text);
  if (!path) return fail(invalid_expression(fmt::format("'{}' is no path: {}", whole, path.error().message)));
  return std::move(*path);
}

constexpr bool is_name_start(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

constexpr bool is_name_part(char c) { return is_name_start(c) || (c >= '0' && c <= '9'); }

}  // namespace

Result<std::unique_ptr<Expression>> PathExpression::compile(std::string_view text) {
  TRY_ASSIGN(auto path, compile_path(text, text));
  return std::unique_ptr<Expression>(new PathExpression(text, std::move(path)));
}

Evaluated<json::Value> PathExpression::evaluate(Activation& activation, const json::Value& data) const {
  if (data.is_null()) return std::unexpected(null_input());
  return evaluate_path(path_, text(), activation, data);
}

Evaluated<std::optional<json::Value>> PathExpression::find(Activation& activation, const json::Value& data,
                                                           IndexBehindEnd behind_end) const {
  if (data.is_null()) return std::unexpected(null_input());
  return find_path(path_, text(), activation, data, behind_end);
}

Result<std::unique_ptr<Expression>> ContextPathExpression::compile(std::string_view text) {
  TRY_ASSIGN(auto path, compile_path(text.substr(1), text));
  return std::unique_ptr<Expression>(new ContextPathExpression(text, std::move(path)));
}

Evaluated<json::Value> ContextPathExpression::evaluate(Activation& activation, const json::Value&) const {
  return evaluate_path(path_, text(), activation, activation.context());
}

Evaluated<std::optional<json::Value>> ContextPathExpression::find(Activation& activation, const json::Value&,
                                                                  IndexBehindEnd behind_end) const {
  return find_path(path_, text(), activation, activation.context(), behind_end);
}

Result<std::unique_ptr<Expression>> VariableExpression::compile(std::string_view text) {
  const auto name = text.substr(1, variable_name_length(text));
  const std::string below = "$" + std::string(text.substr(1 + name.size()));
  TRY_ASSIGN(auto path, compile_path(below, text));
  return std::unique_ptr<Expression>(new VariableExpression(text, name, std::move(path)));
}

Evaluated<json::Value> VariableExpression::evaluate(Activation& activation, const json::Value&) const {
  const json::Value* value = activation.variable(name_);
  if (value == nullptr) return std::unexpected(nothing_at(text(), fmt::format("No variable '{}' is assigned", name_)));
  if (path_.is_root()) return *value;
  if (value->is_null()) return std::unexpected(null_input());
  return evaluate_path(path_, text(), activation, *value);
}

Evaluated<std::optional<json::Value>> VariableExpression::find(Activation& activation, const json::Value&,
                                                               IndexBehindEnd behind_end) const {
  const json::Value* value = activation.variable(name_);
  if (value == nullptr) return std::nullopt;
  if (path_.is_root()) return *value;
  if (value->is_null()) return std::unexpected(null_input());
  return find_path(path_, text(), activation, *value, behind_end);
}

std::size_t variable_name_length(std::string_view text) {
  if (text.size() < 2 || !is_name_start(text[1])) return 0;
  std::size_t end = 2;
  while (end < text.size() && is_name_part(text[end])) ++end;
  return end - 1;
}

}  // namespace stepwell::asl
