#pragma once
// Paths and expressions of the JSONPath query language, as far as the form of a definition goes.

#include "lang/asl/validation/document.h"
#include "lang/asl/validation/findings.h"

#include <string>
#include <string_view>

namespace stepwell::asl::validation {

enum class PathForm : std::uint8_t {
  any,                // data, context object or variable: InputPath
  text,               // the same, or an intrinsic function that gives a string: CausePath
  reference,          // data or variable, names and indexes only: SecondsPath
  context_reference,  // the same, or the context object: ItemsPath, Variable
  place,              // data only, names and indexes only: ResultPath
};

// What is wrong with the path, in AWS's words; empty when nothing is. `hint` gets our words.
std::string path_fault(std::string_view text, PathForm form, std::string& hint);

// Reports a path that is wrong; what is no string is reported by its type elsewhere.
void check_path(const json::Value* value, PathForm form, const Place& place, Findings& findings);

// Payload templates: at any depth, the value of a key that ends in ".$" must be an expression.
void check_template(const json::Value& value, const Place& place, Findings& findings);

// The strings at any depth, where the query language is JSONata: "{%" at the beginning and "%}" at the end go together.
void check_expressions(const json::Value& value, const Place& place, Findings& findings);

// The names that Assign gives; under JSONPath they may end in ".$".
void check_assignments(const json::Value& value, QueryLanguage language, const Place& place, Findings& findings);

// "String does not match RFC3339 timestamp"
void check_timestamp(const json::Value& value, QueryLanguage language, const Place& place, Findings& findings);

}  // namespace stepwell::asl::validation
