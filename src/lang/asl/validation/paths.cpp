#include "lang/asl/validation/paths.h"

#include "base/time.h"
#include "lang/asl/expression.h"
#include "lang/asl/validation/shape.h"
#include "lang/jsonpath/path.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::string_view not_a_path = "Value must be a valid JSONPath.";
constexpr std::string_view not_a_reference = "Value is not a Reference Path";

// Intrinsic functions whose result is a string.
constexpr std::array text_functions = {"States.ArrayGetItem", "States.Base64Decode", "States.Base64Encode",
                                       "States.Format",       "States.Hash",         "States.JsonToString",
                                       "States.UUID"};

bool is_call(std::string_view text) { return text.starts_with("States."); }
bool is_context_path(std::string_view text) { return text.starts_with("$$"); }

// The JSONPath of an expression that is no call: from its last '$' on in "$$.a", with '$' for the name in "$order.a".
std::string root_path(std::string_view text) {
  if (is_context_path(text)) return std::string(text.substr(1));
  const std::size_t end = text.find_first_of(".[", 1);
  return "$" + std::string(end == std::string_view::npos ? std::string_view() : text.substr(end));
}

bool is_data_path(std::string_view text) { return text == "$" || text.starts_with("$.") || text.starts_with("$["); }

bool is_reference(std::string_view text, PathForm form) {
  if (is_context_path(text) && form != PathForm::context_reference) return false;
  if (!is_data_path(text) && form == PathForm::place) return false;
  const auto path = jsonpath::Path::compile(root_path(text));
  return path && path->is_reference();
}

bool gives_text(std::string_view call) {
  const std::string_view name = call.substr(0, call.find_first_of("( "));
  return std::ranges::find(text_functions, name) != text_functions.end();
}

bool is_variable_letter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

bool is_variable_name(std::string_view name) {
  if (name.empty() || !is_variable_letter(name.front())) return false;
  return std::ranges::all_of(name, [](char c) { return is_variable_letter(c) || (c >= '0' && c <= '9') || c == '_'; });
}

}  // namespace

std::string path_fault(std::string_view text, PathForm form, std::string& hint) {
  if (is_call(text) && (form != PathForm::text || !gives_text(text))) {
    hint = form == PathForm::text ? "only functions that give a string are taken here"
                                  : "intrinsic functions are not taken here";
    return std::string(not_a_path);
  }
  const auto expression = Expression::compile(text);
  if (!expression) {
    hint = expression.error().message;
    return std::string(not_a_path);
  }
  if (form == PathForm::any || form == PathForm::text || is_reference(text, form)) return {};
  hint = "a reference path names one place: $.name['name'][0]";
  return std::string(not_a_reference);
}

void check_path(const json::Value* value, PathForm form, const Place& place, Findings& findings) {
  if (value == nullptr || !value->is_string()) return;
  std::string hint;
  std::string fault = path_fault(value->as_string(), form, hint);
  if (!fault.empty()) findings.schema_error(place, std::move(fault)).hint = std::move(hint);
}

void check_template(const json::Value& value, const Place& place, Findings& findings) {
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) check_template(value.elements()[i], place[i], findings);
  }
  if (!value.is_object()) return;
  for (const json::Member& member : value.members()) {
    if (findings.is_full()) return;
    if (!member.key.ends_with(".$")) {
      if (member.value.is_object() || member.value.is_array()) {
        check_template(member.value, place / member.key, findings);
      }
      continue;
    }
    const auto expression = member.value.is_string() ? Expression::compile(member.value.as_string())
                                                     : fail(invalid_expression("the value must be a string"));
    if (expression) continue;
    Diagnostic& diagnostic = findings.schema_error(
        place, fmt::format("The value for the field '{}' must be a valid JSONPath or a valid intrinsic function call",
                           member.key));
    diagnostic.pointer = (place / member.key).pointer();
    diagnostic.hint = expression.error().message;
  }
}

void check_expressions(const json::Value& value, const Place& place, Findings& findings) {
  if (findings.is_full()) return;
  if (value.is_string()) {
    const std::string_view text = value.as_string();
    const bool delimited = text.starts_with("{%") || text.ends_with("%}");
    if (delimited && !is_jsonata_expression(text)) {
      findings.schema_error(place, "JSONata string must start with {% and end with %}");
    }
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) check_expressions(value.elements()[i], place[i], findings);
  } else if (value.is_object()) {
    for (const json::Member& member : value.members()) {
      check_expressions(member.value, place / member.key, findings);
    }
  }
}

void check_assignments(const json::Value& value, QueryLanguage language, const Place& place, Findings& findings) {
  constexpr std::size_t max_length = 80;
  if (!check_value({.type = ValueType::object}, value, place, language, findings)) return;
  for (const json::Member& member : value.members()) {
    std::string_view name = member.key;
    if (language == QueryLanguage::jsonpath && name.ends_with(".$")) name.remove_suffix(2);
    Diagnostic* found = nullptr;
    if (name == "states") {
      found = &findings.error("RESERVED_VARIABLE_NAME", place, "Cannot assign to reserved variable '$states'.");
    } else if (!is_variable_name(name)) {
      found = &findings.error(
          "INVALID_VARIABLE_NAME", place,
          fmt::format("Invalid variable name '{}': the variable name contains invalid characters.", name));
      found->hint = "a name is letters, digits and '_', and begins with a letter";
    } else if (name.size() > max_length) {
      found =
          &findings.error("INVALID_VARIABLE_NAME", place,
                          fmt::format("Invalid variable name '{}': the variable name exceeds the {}-character limit.",
                                      name, max_length));
    }
    if (found != nullptr) found->pointer = (place / member.key).pointer();
  }
}

void check_timestamp(const json::Value& value, QueryLanguage language, const Place& place, Findings& findings) {
  if (!value.is_string()) return;
  const std::string_view text = value.as_string();
  if (language == QueryLanguage::jsonata && text.starts_with("{%")) return;
  if (parse_rfc3339(text)) return;
  findings.schema_error(place, "String does not match RFC3339 timestamp").hint = "write it as 2016-03-14T01:59:00Z";
}

}  // namespace stepwell::asl::validation
