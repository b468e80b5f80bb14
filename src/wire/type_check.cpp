#include "wire/type_check.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

namespace stepwell::wire {
namespace {

bool is_integral(const json::Value& number) {
  return number.as_integer().has_value() || std::trunc(number.as_double()) == number.as_double();
}

// A scalar as the name of its token.
std::string_view token(const json::Value& value) {
  if (value.is_string()) return "STRING_VALUE";
  if (value.is_boolean()) return value.as_boolean() ? "TRUE_VALUE" : "FALSE_VALUE";
  return is_integral(value) ? "NUMBER_VALUE" : "DECIMAL_VALUE";
}

// "an Integer"; empty for what no scalar can be converted to.
std::string_view target(ShapeType type) {
  switch (type) {
    case ShapeType::string: return "a String";
    case ShapeType::boolean: return "a Boolean";
    case ShapeType::integer: return "an Integer";
    case ShapeType::long_integer: return "a Long";
    case ShapeType::float_number: return "a Float";
    case ShapeType::double_number: return "a Double";
    case ShapeType::timestamp: return "milliseconds since epoch";
    case ShapeType::blob: return "a Blob";
    default: return {};
  }
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  if (text.ends_with('=')) text.remove_suffix(text.ends_with("==") ? 2 : 1);
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
  });
}

std::int64_t type_min(const Shape& shape) {
  return shape.type == ShapeType::integer ? std::numeric_limits<std::int32_t>::min()
                                          : std::numeric_limits<std::int64_t>::min();
}
std::int64_t type_max(const Shape& shape) {
  return shape.type == ShapeType::integer ? std::numeric_limits<std::int32_t>::max()
                                          : std::numeric_limits<std::int64_t>::max();
}

// A number outside the type's range is fine here where a limit of the shape will refuse it.
bool fits(const Shape& shape, const json::Value& value) {
  if (!is_integral(value)) return false;
  if (value.as_double() > 0 && shape.max && *shape.max < type_max(shape)) return true;
  if (value.as_double() < 0 && shape.min && *shape.min > type_min(shape)) return true;
  const auto number = value.as_integer();
  return number && *number >= type_min(shape) && *number <= type_max(shape);
}

bool scalar_fits(const Shape& shape, const json::Value& value) {
  switch (shape.type) {
    case ShapeType::string: return value.is_string();
    case ShapeType::boolean: return value.is_boolean();
    case ShapeType::integer:
    case ShapeType::long_integer: return value.is_number() && fits(shape, value);
    case ShapeType::float_number:
    case ShapeType::double_number: return value.is_number() && std::isfinite(value.as_double());
    case ShapeType::timestamp: return value.is_number();
    case ShapeType::blob: return value.is_string() && is_base64(value.as_string());
    default: return false;
  }
}

constexpr const char* met_list = "Start of list found where not expected";
constexpr const char* met_object = "Start of structure or map found where not expected.";

}  // namespace

std::string type_error(const Shape& shape, const json::Value& value) {
  if (shape.type == ShapeType::document) return {};
  if (value.is_array()) return shape.type == ShapeType::list ? "" : met_list;
  if (value.is_object()) return shape.type == ShapeType::structure || shape.type == ShapeType::map ? "" : met_object;
  switch (shape.type) {
    case ShapeType::structure: return "Expected null";
    case ShapeType::list: return "Expected list or null";
    case ShapeType::map: return "Expected map or null";
    default: break;
  }
  if (scalar_fits(shape, value)) return {};
  return fmt::format("{} can not be converted to {}", token(value), target(shape.type));
}

std::int64_t integer_of(const Shape& shape, const json::Value& value) {
  const std::int64_t beyond = value.as_double() < 0 ? type_min(shape) : type_max(shape);
  return std::clamp(value.as_integer().value_or(beyond), type_min(shape), type_max(shape));
}

std::size_t decoded_size(std::string_view base64) {
  const std::size_t padding = base64.ends_with("==") ? 2 : base64.ends_with('=') ? 1 : 0;
  return base64.size() / 4 * 3 - padding;
}

}  // namespace stepwell::wire
