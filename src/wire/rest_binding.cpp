#include "wire/rest_binding.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "wire/errors.h"
#include "wire/percent.h"

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

// Takes the next segment of a path, without its slash; a slash at the end begins none.
bool take_segment(std::string_view& path, std::string_view& segment) {
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.empty()) return false;
  segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return true;
}

// {FunctionName} → FunctionName; empty for a segment that stands for itself.
std::string_view label_of(std::string_view segment) {
  return segment.starts_with('{') && segment.ends_with('}') ? segment.substr(1, segment.size() - 2)
                                                            : std::string_view{};
}

// The segment of a fitting path that stands where the template has the label.
std::string_view find_label(std::string_view uri_template, std::string_view path, std::string_view label) {
  std::string_view expected;
  std::string_view segment;
  while (take_segment(uri_template, expected) && take_segment(path, segment)) {
    if (label_of(expected) == label) return segment;
  }
  return {};
}

// A text as a value of the shape. What is no value of it stays a string: the validator has the words for that.
Result<json::Value> read_text(json::Arena& arena, const Shape& shape, std::string_view text) {
  if (!json::is_valid_utf8(text)) return fail(serialization_exception({}, "A header or the URI is no UTF-8"));
  if (shape.type == ShapeType::string || shape.type == ShapeType::blob) return json::make_string(arena, text);
  const auto value = json::parse_copy(arena, text);
  if (value && (value->is_number() || value->is_boolean())) return *value;
  return json::make_string(arena, text);
}

std::string write_text(const json::Value& value) {
  return value.is_string() ? std::string(value.as_string()) : json::print(value);
}

const json::Value* present(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::optional<std::string> text_in_request(const OperationModel& operation, const http::Request& request,
                                           const ShapeMember& member) {
  const auto [path, query] = split_target(request.target);
  switch (member.location) {
    case Location::uri: return percent_decode(find_label(operation.uri, path, member.location_name));
    case Location::query: return query_value(query, member.location_name);
    case Location::header:
      if (!request.headers.contains(member.location_name)) return std::nullopt;
      return std::string(request.headers.get(member.location_name));
    default: return std::nullopt;
  }
}

// A list in the query: the field as often as it has elements. nullopt: there is none.
Result<std::optional<json::Value>> list_in_query(json::Arena& arena, const http::Request& request,
                                                 const ShapeMember& member) {
  std::vector<json::Value> elements;
  for (const auto& [name, encoded] : query_fields(split_target(request.target).second)) {
    const auto text = percent_decode(name) == member.location_name ? query_value(std::string("v=").append(encoded), "v")
                                                                   : std::nullopt;
    if (!text) continue;
    TRY_ASSIGN(const json::Value element, read_text(arena, *member.shape->element, *text));
    elements.push_back(element);
  }
  if (elements.empty()) return std::nullopt;
  return json::make_array(arena, elements);
}

std::string write_label(const OperationModel& operation, const json::Value& input, std::string_view label) {
  for (const ShapeMember& member : operation.input->members) {
    if (member.location != Location::uri || member.location_name != label) continue;
    const json::Value* value = present(input, member.name);
    return value == nullptr ? std::string{} : percent_encode(write_text(*value));
  }
  return {};
}

}  // namespace

bool fits(std::string_view uri_template, std::string_view path) {
  std::string_view expected;
  std::string_view segment;
  while (take_segment(uri_template, expected)) {
    if (!take_segment(path, segment)) return false;
    if (label_of(expected).empty() ? expected != segment : segment.empty()) return false;
  }
  return !take_segment(path, segment);
}

Result<void> read_bound(const OperationModel& operation, const http::Request& request, json::Arena& arena,
                        json::ObjectBuilder& input) {
  for (const ShapeMember& member : operation.input->members) {
    if (member.location == Location::query && member.shape->type == ShapeType::list) {
      TRY_ASSIGN(const auto list, list_in_query(arena, request, member));
      if (list) input.add(member.name, *list);
      continue;
    }
    const auto text = text_in_request(operation, request, member);
    if (!text) continue;
    TRY_ASSIGN(const json::Value value, read_text(arena, *member.shape, *text));
    input.add(member.name, value);
  }
  return {};
}

Result<void> read_bound(const Shape& output, const http::Response& response, json::Arena& arena,
                        json::ObjectBuilder& to) {
  for (const ShapeMember& member : output.members) {
    if (member.location == Location::status) to.add(member.name, response.status);
    if (member.location != Location::header || !response.headers.contains(member.location_name)) continue;
    TRY_ASSIGN(const json::Value value, read_text(arena, *member.shape, response.headers.get(member.location_name)));
    to.add(member.name, value);
  }
  return {};
}

std::string write_target(const OperationModel& operation, const json::Value& input) {
  std::string target;
  std::string_view uri = operation.uri;
  std::string_view segment;
  while (take_segment(uri, segment)) {
    const std::string_view label = label_of(segment);
    target += '/';
    target += label.empty() ? std::string(segment) : write_label(operation, input, label);
  }
  if (target.empty()) target = "/";
  char separator = '?';
  for (const ShapeMember& member : operation.input->members) {
    const json::Value* value = present(input, member.name);
    if (member.location != Location::query || value == nullptr) continue;
    const std::span<const json::Value> values =
        value->is_array() ? value->elements() : std::span<const json::Value>(value, 1);
    for (const json::Value& one : values) {
      target +=
          fmt::format("{}{}={}", separator, percent_encode(member.location_name), percent_encode(write_text(one)));
      separator = '&';
    }
  }
  return target;
}

void write_headers(const Shape& shape, const json::Value& object, http::Headers& headers) {
  for (const ShapeMember& member : shape.members) {
    const json::Value* value = present(object, member.name);
    if (member.location == Location::header && value != nullptr) headers.add(member.location_name, write_text(*value));
  }
}

}  // namespace stepwell::wire
