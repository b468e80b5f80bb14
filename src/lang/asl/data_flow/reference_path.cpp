#include "lang/asl/data_flow/reference_path.h"

#include "lang/json/print.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// The first step of a reference path behind its root ("a" of "$.a.b", "0" of "$[0]"); moves `rest` behind it.
std::string_view take_step(std::string_view& rest) {
  std::string_view step;
  if (rest.starts_with('[')) {
    const std::size_t close = rest.find(']');
    step = rest.substr(1, close - 1);
    rest.remove_prefix(std::min(close, rest.size() - 1) + 1);
    if (step.size() >= 2 && (step.front() == '\'' || step.front() == '"')) step = step.substr(1, step.size() - 2);
  } else {
    const std::size_t end = rest.find_first_of(".[", 1);
    step = rest.substr(1, end == rest.npos ? rest.npos : end - 1);
    rest.remove_prefix(std::min(end, rest.size()));
  }
  return step;
}

const json::Value* follow(const json::Value& value, std::string_view step) {
  if (!value.is_array()) return value.find(step);
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  if (error != std::errc() || end != step.data() + step.size() || index >= value.size()) return nullptr;
  return &value.elements()[index];
}

// The step at which `path` leaves what is in `input`.
std::string_view failing_step(std::string_view path, const json::Value& input) {
  std::string_view rest = path.substr(1);
  std::string_view step;
  for (const json::Value* at = &input; at != nullptr && !rest.empty(); at = follow(*at, step)) step = take_step(rest);
  return step;
}

}  // namespace

Result<ResultPath> ResultPath::compile(const json::Value* definition) {
  ResultPath result;
  if (definition == nullptr) return result;
  if (definition->is_null()) {
    result.dropped_ = true;
    return result;
  }
  if (!definition->is_string()) return fail(invalid_expression("ResultPath must be a path or null"));
  auto path = jsonpath::Path::compile(definition->as_string());
  if (!path || !path->is_reference()) {
    return fail(invalid_expression(fmt::format("'{}' is no reference path", definition->as_string())));
  }
  if (!path->is_root()) result.path_ = std::move(*path);
  return result;
}

Evaluated<json::Value> ResultPath::place(Activation& activation, const json::Value& result) const {
  if (dropped_) return activation.input();
  if (!path_) return result;
  const json::Value input = activation.input();
  auto placed = path_->insert(activation.arena(), input, result);
  if (!placed) return std::unexpected(reference_path_conflict(path_->text(), input));
  return *placed;
}

Failure reference_path_conflict(std::string_view path, const json::Value& input) {
  const bool scalar = !input.is_object() && !input.is_array();
  const std::string text = json::print(input);
  return {.error = std::string(errors::reference_path_conflict),
          .cause = scalar ? fmt::format("Unable to apply ReferencePath {} to input {}", path, text)
                          : fmt::format("Unable to apply step \"{}\" to input {}", failing_step(path, input), text),
          .framed = false,
          .location = {}};
}

}  // namespace stepwell::asl
