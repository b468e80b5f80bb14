#include "lang/asl/validation/shape.h"

#include "lang/asl/validation/nearest.h"

namespace stepwell::asl::validation {
namespace {

std::string_view name_of(ValueType type) {
  switch (type) {
    case ValueType::string: return "[STRING]";
    case ValueType::boolean: return "[BOOLEAN]";
    case ValueType::integer: return "Integer";
    case ValueType::number: return "Double";
    case ValueType::object: return "[OBJECT]";
    case ValueType::array: return "[ARRAY]";
    case ValueType::any: break;
  }
  return "any";
}

// Whether the lexeme is one of a whole number, as Jackson tells them apart.
bool is_integer(const json::Value& value) {
  return value.is_number() && value.lexeme().find_first_of(".eE") == std::string_view::npos;
}

bool has_type(const json::Value& value, ValueType type) {
  switch (type) {
    case ValueType::string: return value.is_string();
    case ValueType::boolean: return value.is_boolean();
    case ValueType::integer: return is_integer(value);
    case ValueType::number: return value.is_number();
    case ValueType::object: return value.is_object();
    case ValueType::array: return value.is_array();
    case ValueType::any: return true;
  }
  return false;
}

// Limits read as the type they limit: 0 or 0.0.
std::string limit_text(const ValueShape& shape, double limit) {
  return shape.type == ValueType::integer ? fmt::format("{:.0f}", limit) : fmt::format("{:.1f}", limit);
}

void check_range(const ValueShape& shape, const json::Value& value, const Place& place, Findings& findings) {
  if (!value.is_number()) return;
  if (shape.minimum && value.as_double() < *shape.minimum) {
    findings.schema_error(place, fmt::format("Minimum value is {}", limit_text(shape, *shape.minimum)));
  } else if (shape.maximum && value.as_double() > *shape.maximum) {
    findings.schema_error(place, fmt::format("Maximum value is {}", limit_text(shape, *shape.maximum)));
  }
}

void check_choice(const ValueShape& shape, const json::Value& value, const Place& place, Findings& findings) {
  if (shape.one_of.empty() || !value.is_string()) return;
  if (std::ranges::find(shape.one_of, value.as_string()) != shape.one_of.end()) return;
  findings.schema_error(place, fmt::format("Value should be one of the following: [{}]", fmt::join(shape.one_of, ", ")))
      .hint = did_you_mean(value.as_string(), shape.one_of);
}

std::string_view name_of(QueryLanguage language) {
  return language == QueryLanguage::jsonpath ? "JSONPath" : "JSONata";
}

}  // namespace

bool is_jsonata_expression(std::string_view text) {
  return text.size() >= 4 && text.starts_with("{%") && text.ends_with("%}");
}

bool is_for(Languages languages, QueryLanguage language) {
  return languages == Languages::both || (languages == Languages::jsonata) == (language == QueryLanguage::jsonata);
}

bool check_value(const ValueShape& shape, const json::Value& value, const Place& place, QueryLanguage language,
                 Findings& findings) {
  if (shape.nullable && value.is_null()) return true;
  const bool computed = shape.computable && language == QueryLanguage::jsonata && value.is_string() &&
                        is_jsonata_expression(value.as_string());
  if (computed) return true;
  if (!has_type(value, shape.type)) {
    findings.schema_error(place, fmt::format("Expected value of type {}", name_of(shape.type)));
    return false;
  }
  check_range(shape, value, place, findings);
  check_choice(shape, value, place, findings);
  if (shape.non_empty && (value.is_array() || value.is_object()) && value.size() == 0) {
    findings.schema_error(place, "Value cannot be empty");
  }
  return true;
}

bool check_object(std::span<const FieldShape> fields, const json::Value& object, const Place& place,
                  QueryLanguage language, Findings& findings) {
  if (!check_value({.type = ValueType::object}, object, place, language, findings)) return false;
  std::vector<std::string_view> missing;
  std::vector<std::string_view> known;
  for (const FieldShape& field : fields) {
    known.push_back(field.name);
    if (field.required && is_for(field.languages, language) && object.find(field.name) == nullptr) {
      missing.push_back(field.name);
    }
  }
  report_missing(missing, place, findings);
  std::vector<std::pair<const FieldShape*, const json::Value*>> present;
  for (const json::Member& member : object.members()) {
    const auto field = std::ranges::find(fields, member.key, &FieldShape::name);
    if (field == fields.end()) {
      report_unsupported(member.key, place, known, findings);
    } else if (!is_for(field->languages, language)) {
      report_language(member.key, language, place, findings);
    } else {
      present.emplace_back(&*field, &member.value);
    }
  }
  for (const auto& [field, value] : present) check_value(field->value, *value, place / field->name, language, findings);
  return true;
}

void report_missing(std::span<const std::string_view> missing, const Place& place, Findings& findings) {
  if (missing.empty()) return;
  findings.schema_error(place, fmt::format("These fields are required: [{}]", fmt::join(missing, ", ")));
}

Diagnostic& report_unsupported(std::string_view field, const Place& place, std::span<const std::string_view> known,
                               Findings& findings) {
  Diagnostic& diagnostic = findings.schema_error(place, fmt::format("Field '{}' is not supported", field));
  diagnostic.pointer = (place / field).pointer();
  if (!findings.is_full()) diagnostic.hint = did_you_mean(field, known);
  return diagnostic;
}

void report_language(std::string_view field, QueryLanguage language, const Place& place, Findings& findings) {
  const QueryLanguage other = language == QueryLanguage::jsonpath ? QueryLanguage::jsonata : QueryLanguage::jsonpath;
  findings
      .schema_error(place,
                    fmt::format("The QueryLanguage is set to '{}', but field '{}' is only supported for the '{}' "
                                "QueryLanguage",
                                name_of(language), field, name_of(other)))
      .pointer = (place / field).pointer();
}

void check_exclusive(std::span<const std::string_view> fields, bool required, const json::Value& object,
                     const Place& place, Findings& findings) {
  const auto count =
      std::ranges::count_if(fields, [&](std::string_view field) { return object.find(field) != nullptr; });
  if (count > 1) {
    findings.schema_error(
        place, fmt::format("There should only be one of the following fields: [{}]", fmt::join(fields, ", ")));
  } else if (count == 0 && required) {
    findings.schema_error(
        place, fmt::format("This object should have only one of the following fields: [{}]", fmt::join(fields, ", ")));
  }
}

}  // namespace stepwell::asl::validation
