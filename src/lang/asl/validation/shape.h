#pragma once
// What values and objects in a definition must look like, as data, and the one place that checks it, in AWS's words.

#include "lang/asl/machine.h"
#include "lang/asl/states/state_kind.h"
#include "lang/asl/validation/findings.h"
#include "lang/json/value.h"

#include <optional>
#include <span>
#include <string_view>

namespace stepwell::asl::validation {

enum class ValueType : std::uint8_t { any, string, boolean, integer, number, object, array };

struct ValueShape {
  ValueType type = ValueType::any;
  std::optional<double> minimum = {};
  std::optional<double> maximum = {};
  std::span<const std::string_view> one_of = {};  // strings
  bool nullable = false;
  bool non_empty = false;   // arrays and objects
  bool computable = false;  // "{% … %}" will do where the query language is JSONata
};

struct FieldShape {
  std::string_view name;
  ValueShape value = {};
  Languages languages = Languages::both;
  bool required = false;
};

// Whether the text is "{% … %}".
bool is_jsonata_expression(std::string_view text);

bool is_for(Languages languages, QueryLanguage language);

// False when the value is not of the type.
bool check_value(const ValueShape& shape, const json::Value& value, const Place& place, QueryLanguage language,
                 Findings& findings);

// An object: that it is one, the fields it needs and may have, and their values. False when it is no object.
bool check_object(std::span<const FieldShape> fields, const json::Value& object, const Place& place,
                  QueryLanguage language, Findings& findings);

// "These fields are required: [A, B]", where any is missing.
void report_missing(std::span<const std::string_view> missing, const Place& place, Findings& findings);
// "Field 'X' is not supported", pointing at the field; the hint names the nearest of the fields there are.
Diagnostic& report_unsupported(std::string_view field, const Place& place, std::span<const std::string_view> known,
                               Findings& findings);
// "The QueryLanguage is set to 'JSONPath', but field 'X' is only supported for the 'JSONata' QueryLanguage"
void report_language(std::string_view field, QueryLanguage language, const Place& place, Findings& findings);

// More than one, or (for `required`) none of the fields.
void check_exclusive(std::span<const std::string_view> fields, bool required, const json::Value& object,
                     const Place& place, Findings& findings);

}  // namespace stepwell::asl::validation
