#include "wire/constraint.h"

#include "wire/type_check.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace stepwell::wire {
namespace {

bool is_floating(const Shape& shape) {
  return shape.type == ShapeType::float_number || shape.type == ShapeType::double_number;
}
bool is_number(const Shape& shape) {
  return is_floating(shape) || shape.type == ShapeType::integer || shape.type == ShapeType::long_integer;
}

std::string limit_text(const Shape& shape, std::string_view relation, std::int64_t limit) {
  if (is_number(shape)) {
    return fmt::format("Member must have value {} than or equal to {}{}", relation, limit,
                       is_floating(shape) ? ".0" : "");
  }
  if (shape.unit == LengthUnit::utf8_bytes) {
    return fmt::format("Member must have size {} than or equal to {} bytes in UTF-8 encoding", relation, limit);
  }
  return fmt::format("Member must have length {} than or equal to {}", relation, limit);
}
std::string max_text(const Shape& shape) { return limit_text(shape, "less", *shape.max); }
std::string min_text(const Shape& shape) { return limit_text(shape, "greater", *shape.min); }
std::string enum_text(const Shape& shape) {
  return fmt::format("Member must satisfy enum value set: [{}]", fmt::join(shape.values, ", "));
}
std::string pattern_text(const Shape& shape) {
  return fmt::format("Member must satisfy regular expression pattern: {}", shape.pattern);
}

std::int64_t length(const Shape& shape, const json::Value& value) {
  if (shape.type == ShapeType::blob) return static_cast<std::int64_t>(decoded_size(value.as_string()));
  if (!value.is_string() || shape.unit == LengthUnit::utf8_bytes) return static_cast<std::int64_t>(value.size());
  return std::ranges::count_if(value.as_string(),
                               [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
}

bool above(const Shape& shape, const json::Value& value, std::int64_t limit) {
  if (is_floating(shape)) return value.as_double() > static_cast<double>(limit);
  return (is_number(shape) ? integer_of(shape, value) : length(shape, value)) > limit;
}
bool below(const Shape& shape, const json::Value& value, std::int64_t limit) {
  if (is_floating(shape)) return value.as_double() < static_cast<double>(limit);
  return (is_number(shape) ? integer_of(shape, value) : length(shape, value)) < limit;
}

std::string floating_text(std::string_view lexeme) {
  return std::string(lexeme) + (lexeme.find_first_of(".eE") == std::string_view::npos ? ".0" : "");
}

std::string structure_text(const Shape& shape, const json::Value& value) {
  std::vector<std::string> parts;
  for (const ShapeMember& member : shape.members) {
    const json::Value* found = value.find(member.name);
    parts.push_back(fmt::format("{}={}", member.name, java_text(*member.shape, found ? *found : json::Value())));
  }
  return fmt::format("{}({})", shape.name, fmt::join(parts, ", "));
}

}  // namespace

std::vector<std::string> violations(const Shape& shape, const json::Value& value) {
  std::vector<std::string> found;
  if (!shape.values.empty() && std::ranges::find(shape.values, value.as_string()) == shape.values.end()) {
    found.push_back(enum_text(shape));
  }
  if (shape.matcher && !shape.matcher->matches(value.as_string())) found.push_back(pattern_text(shape));
  if (shape.max && above(shape, value, *shape.max)) found.push_back(max_text(shape));
  if (shape.min && below(shape, value, *shape.min)) found.push_back(min_text(shape));
  return found;
}

std::string all_constraints(const Shape& shape) {
  std::vector<std::string> all;
  if (shape.max) all.push_back(max_text(shape));
  if (shape.min) all.push_back(min_text(shape));
  if (!shape.values.empty()) all.push_back(enum_text(shape));
  if (!shape.pattern.empty()) all.push_back(pattern_text(shape));
  all.emplace_back("Member must not be null");
  return fmt::format("[{}]", fmt::join(all, ", "));
}

std::string java_text(const Shape& shape, const json::Value& value) {
  if (value.is_null()) return "null";
  if (shape.sensitive) return "***Sensitive Data Redacted***";
  std::vector<std::string> parts;
  switch (shape.type) {
    case ShapeType::structure: return structure_text(shape, value);
    case ShapeType::list:
      for (const json::Value& element : value.elements()) parts.push_back(java_text(*shape.element, element));
      return fmt::format("[{}]", fmt::join(parts, ", "));
    case ShapeType::map:
      for (const json::Member& member : value.members()) {
        parts.push_back(fmt::format("{}={}", member.key, java_text(*shape.element, member.value)));
      }
      return fmt::format("{{{}}}", fmt::join(parts, ", "));
    case ShapeType::boolean: return value.as_boolean() ? "true" : "false";
    case ShapeType::integer:
    case ShapeType::long_integer: return fmt::to_string(integer_of(shape, value));
    case ShapeType::float_number:
    case ShapeType::double_number: return floating_text(value.lexeme());
    case ShapeType::timestamp: return std::string(value.lexeme());
    case ShapeType::string:
    case ShapeType::blob: return std::string(value.as_string());
    case ShapeType::document: return {};
  }
  return {};
}

}  // namespace stepwell::wire
