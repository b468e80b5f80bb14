// Fields of JSONPath states (spec §1.4): InputPath → Parameters → work → ResultSelector → ResultPath → OutputPath.
#include "base/check.h"
#include "java.h"
#include "lang/json/build.h"
#include "lang/json/print.h"
#include "lang/jsonpath/path.h"
#include "reference.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::differential {

namespace {

bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// The name in "$name.rest"; empty for "$.a", "$[0]", "$$…".
std::string_view variable_name(std::string_view text) {
  if (text.size() < 2 || !starts_name(text[1])) return {};
  std::size_t end = 2;
  while (end < text.size() && (starts_name(text[end]) || (text[end] >= '0' && text[end] <= '9'))) ++end;
  return text.substr(1, end - 1);
}

// The steps of a reference path: $.a.b[0]
std::vector<std::string> steps_of(std::string_view path) {
  std::vector<std::string> steps;
  for (std::size_t at = 1; at < path.size();) {
    std::size_t end = 0;
    if (path[at] == '[') {
      end = path.find(']', at);
      std::string_view step = path.substr(at + 1, end - at - 1);
      if (step.starts_with('\'')) step = step.substr(1, step.size() - 2);
      steps.emplace_back(step);
      ++end;
    } else {
      end = std::min(path.find_first_of(".[", at + 1), path.size());
      steps.emplace_back(path.substr(at + 1, end - at - 1));
    }
    at = end;
  }
  return steps;
}

}  // namespace

// nullopt: nothing stands there. Both `find` and `evaluate` take no null for the document of a path.
std::optional<json::Value> Reference::find(Thread& thread, std::string_view text, const Value& data, PastEnd past_end) {
  if (text.starts_with("States.")) return call_intrinsic(thread, text, data);
  std::string path(text);
  Value root = data;
  if (text.starts_with("$$")) {
    path = path.substr(1);
    root = context(thread);
  } else if (const auto name = variable_name(text); !name.empty()) {
    const Value* value = variable(thread, name);
    if (value == nullptr) return std::nullopt;
    path = "$" + path.substr(1 + name.size());
    if (path == "$") return *value;
    root = *value;
  }
  if (root.is_null()) throw runtime_failure("Unable to apply Path transformation to null or empty input.");
  const auto compiled = jsonpath::Path::compile(path);
  CHECK(compiled.has_value());
  const auto found = compiled->evaluate(arena_, root);
  if (found) return *found;
  if (found.error().kind == jsonpath::EvaluationError::Kind::index_out_of_range && past_end == PastEnd::null) {
    return Value();
  }
  return std::nullopt;
}

// A path that leads nowhere is a failure in Jayway's words; one that asks an array for what is behind its end is null.
json::Value Reference::evaluate(Thread& thread, std::string_view text, const Value& data) {
  if (const auto found = find(thread, text, data, PastEnd::null)) return *found;
  const auto name = text.starts_with("$$") ? std::string_view() : variable_name(text);
  if (!name.empty() && variable(thread, name) == nullptr) {
    throw runtime_failure(fmt::format("Invalid path '{}' : No variable '{}' is assigned", text, name));
  }
  const Value root = text.starts_with("$$") ? context(thread) : name.empty() ? data : *variable(thread, name);
  const std::string path = text.starts_with("$$") ? std::string(text.substr(1))
                           : name.empty()         ? std::string(text)
                                                  : "$" + std::string(text.substr(1 + name.size()));
  const auto missing = jsonpath::Path::compile(path)->evaluate(arena_, root);
  throw runtime_failure(fmt::format("Invalid path '{}' : {}", text, missing.error().message));
}

json::Value Reference::evaluate_field(Thread& thread, std::string_view text, const Value& data,
                                      std::string_view field) {
  if (const auto found = find(thread, text, data, PastEnd::null)) return *found;
  throw runtime_failure(
      fmt::format("The JSONPath '{}' specified for the field '{}' could not be found in the input '{}'", text, field,
                  json::print(data)));
}

// Keys that end in ".$" are taken out, and what they name put back behind the others, in the order of a Java HashMap.
json::Value Reference::payload_template(Thread& thread, const Value& body, const Value& data) {
  if (body.is_array()) {
    std::vector<Value> elements;
    for (const Value& element : body.elements()) elements.push_back(payload_template(thread, element, data));
    return json::make_array(arena_, elements);
  }
  if (!body.is_object()) return body;
  std::vector<json::Member> members;
  std::vector<std::pair<std::string_view, std::string_view>> expressions;  // key with its mark, text
  for (const json::Member& member : body.members()) {
    if (member.key.ends_with(".$")) {
      expressions.emplace_back(member.key, member.value.as_string());
    } else {
      members.push_back({member.key, payload_template(thread, member.value, data)});
    }
  }
  std::vector<std::string> keys;
  for (const auto& [key, expression] : expressions) keys.emplace_back(key);
  for (const std::size_t i :
       java::hash_map_order(keys, [](const std::string& key) { return key.substr(0, key.size() - 2); })) {
    const auto& [marked, expression] = expressions[i];
    const std::string_view key = marked.substr(0, marked.size() - 2);
    const Value value = evaluate_field(thread, expression, data, marked);
    const auto same = std::ranges::find(members, key, &json::Member::key);
    if (same != members.end()) {
      same->value = value;
    } else {
      members.push_back({key, value});
    }
  }
  const auto kept = arena_.make_array<json::Member>(members.size());
  std::ranges::copy(members, kept.begin());
  return Value::object(arena_, kept);
}

// InputPath, OutputPath.
json::Value Reference::path_filter(Thread& thread, const Value& state, std::string_view field, const Value& data) {
  const Value* path = state.find(field);
  if (path == nullptr) return data;
  if (path->is_null()) return Value::object(arena_, {});
  if (path->as_string() == "$") return data;
  return evaluate(thread, path->as_string(), data);
}

// A reference path that does not fit the input; the cause names the step at which it leaves it.
Reference::Failed Reference::conflict(std::string_view path, const Value& input) {
  Failed failure;
  failure.error = "States.ReferencePathConflict";
  if (!input.is_object() && !input.is_array()) {
    failure.cause = fmt::format("Unable to apply ReferencePath {} to input {}", path, json::print(input));
    return failure;
  }
  std::string failing;
  const Value* at = &input;
  for (const std::string& step : steps_of(path)) {
    if (at == nullptr) break;
    failing = step;
    if (at->is_array()) {
      const bool is_index = step.find_first_not_of("0123456789") == step.npos;
      const std::size_t index = is_index ? std::stoul(step) : at->size();
      at = index < at->size() ? &at->elements()[index] : nullptr;
    } else {
      at = at->find(step);
    }
  }
  failure.cause = fmt::format("Unable to apply step \"{}\" to input {}", failing, json::print(input));
  return failure;
}

json::Value Reference::put_at_result_path(const Value& fields, const Value& input, const Value& result) {
  const Value* path = fields.find("ResultPath");
  if (path == nullptr) return result;
  if (path->is_null()) return input;
  if (path->as_string() == "$") return result;
  const std::vector<std::string> steps = steps_of(path->as_string());
  // Downwards as far as there is something, then missing objects are made.
  Node root = parse(json::print(input));
  Node* at = &root;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const bool last = i + 1 == steps.size();
    if (at->is_array()) {
      std::size_t index = 0;
      const auto [end, error] = std::from_chars(steps[i].data(), steps[i].data() + steps[i].size(), index);
      const bool is_index = error == std::errc() && end == steps[i].data() + steps[i].size();
      if (!is_index || index >= at->items.size()) throw conflict(path->as_string(), input);
      at = &at->items[index];
    } else if (at->is_object() && steps[i].find_first_not_of("0123456789") != std::string::npos) {
      if (at->find(steps[i]) == nullptr) at->set(steps[i], last ? Node() : Node::object());
      at = at->find(steps[i]);
    } else {
      throw conflict(path->as_string(), input);
    }
  }
  *at = parse(json::print(result));
  return parse_text(print(root));
}

}  // namespace stepwell::differential
