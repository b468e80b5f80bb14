#include "services/states/test_state/result_check.h"

#include "services/states/sdk/result.h"
#include "wire/errors.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::states {
namespace {

std::string pascal_name(std::string_view member) {
  json::Arena arena;
  return std::string(sdk::pascal_name(arena, member));
}

std::string_view type_name(wire::ShapeType type) {
  using enum wire::ShapeType;
  switch (type) {
    case structure:
    case map: return "an object";
    case list: return "an array";
    case boolean: return "a boolean";
    case integer:
    case long_integer:
    case float_number:
    case double_number: return "a number";
    default: return "a string";
  }
}

bool has_type(const wire::Shape& shape, const json::Value& value) {
  using enum wire::ShapeType;
  switch (shape.type) {
    case structure:
    case map: return value.is_object();
    case list: return value.is_array();
    case boolean: return value.is_boolean();
    case integer:
    case long_integer: return value.is_number() && value.as_integer().has_value();
    case float_number:
    case double_number: return value.is_number();
    case document: return true;
    default: return value.is_string();
  }
}

std::int64_t characters_of(std::string_view text) {
  return std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
}

class Check {
 public:
  Check(FieldValidation validation, Bodies bodies) : validation_(validation), bodies_(bodies) {}

  // `field`: the innermost one that has a name.
  Result<void> value(const wire::Shape& shape, const json::Value& value, std::string_view field) const {
    if (!has_type(shape, value)) return refuse("Field '{}' must be {}", field, type_name(shape.type));
    switch (shape.type) {
      case wire::ShapeType::structure: return members(shape, value);
      case wire::ShapeType::list: return elements(shape, value, field);
      case wire::ShapeType::map: return entries(shape, value, field);
      case wire::ShapeType::document:
      case wire::ShapeType::boolean:
      case wire::ShapeType::timestamp: return {};
      default: return value.is_number() ? number(shape, value, field) : text(shape, value, field);
    }
  }

 private:
  template <typename... Arguments>
  static Result<void> refuse(fmt::format_string<Arguments...> text, Arguments&&... arguments) {
    return fail(wire::validation_exception("Mock result schema validation error: " +
                                           fmt::format(text, std::forward<Arguments>(arguments)...)));
  }

  Result<void> members(const wire::Shape& shape, const json::Value& value) const {
    if (validation_ == FieldValidation::strict) {
      for (const wire::ShapeMember& member : shape.members) {
        if (!member.required) continue;
        const std::string name = pascal_name(member.name);
        if (value.find(name) == nullptr) return refuse("Required field '{}' is missing", name);
      }
    }
    for (const json::Member& given : value.members()) {
      const auto known = std::ranges::find_if(shape.members, [&given](const wire::ShapeMember& member) {
        return sdk::is_pascal_name_of(given.key, member.name);
      });
      if (known == shape.members.end()) continue;
      if (known->location == wire::Location::payload && bodies_ == Bodies::parsed) continue;
      TRY(this->value(*known->shape, given.value, given.key));
    }
    return {};
  }

  Result<void> elements(const wire::Shape& shape, const json::Value& value, std::string_view field) const {
    for (const json::Value& element : value.elements()) TRY(this->value(*shape.element, element, field));
    return {};
  }

  Result<void> entries(const wire::Shape& shape, const json::Value& value, std::string_view field) const {
    for (const json::Member& entry : value.members()) TRY(this->value(*shape.element, entry.value, field));
    return {};
  }

  static Result<void> number(const wire::Shape& shape, const json::Value& value, std::string_view field) {
    const double given = value.as_double();
    if (shape.min && given < static_cast<double>(*shape.min)) {
      return refuse("Field '{}' is less than the minimum value", field);
    }
    if (shape.max && given > static_cast<double>(*shape.max)) {
      return refuse("Field '{}' exceeds the maximum value", field);
    }
    return {};
  }

  static Result<void> text(const wire::Shape& shape, const json::Value& value, std::string_view field) {
    const std::string_view given = value.as_string();
    if (!shape.values.empty() && std::ranges::find(shape.values, given) == shape.values.end()) {
      return refuse("Field '{}' is not an expected value", field);
    }
    const std::int64_t length = characters_of(given);
    if (shape.min && length < *shape.min) return refuse("Field '{}' is smaller than the minimum length", field);
    if (shape.max && length > *shape.max) return refuse("Field '{}' exceeds the maximum length", field);
    return {};
  }

  FieldValidation validation_;
  Bodies bodies_;
};

}  // namespace

Result<void> check_result(const wire::Shape& shape, const json::Value& result, FieldValidation validation,
                          Bodies bodies) {
  if (!result.is_object()) return fail(wire::validation_exception("Mocked result must be a JSON object."));
  return Check(validation, bodies).value(shape, result, {});
}

}  // namespace stepwell::states
