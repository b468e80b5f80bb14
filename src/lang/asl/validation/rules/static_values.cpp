// Warnings: constants that look as if they were meant to be evaluated.
#include "lang/asl/expression.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

bool looks_evaluated(std::string_view text) {
  const bool begins = text.starts_with("$.") || text.starts_with("$$.") || text.starts_with("States.");
  return begins && Expression::compile(text).has_value();
}

// The first place at which a constant looks so.
void warn_in_template(const json::Value& value, const Place& place, Findings& findings) {
  if (findings.is_full()) return;
  if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) warn_in_template(value.elements()[i], place[i], findings);
  }
  if (!value.is_object()) return;
  for (const json::Member& member : value.members()) {
    if (member.value.is_object() || member.value.is_array()) {
      warn_in_template(member.value, place / member.key, findings);
    } else if (member.value.is_string() && !member.key.ends_with(".$") && looks_evaluated(member.value.as_string())) {
      findings
          .warning("NO_DOLLAR", place / member.key,
                   "No .$ on a field that appears to be a JSONPath or Intrinsic Function.")
          .hint = fmt::format("'{}.$' is evaluated, '{}' is a constant", member.key, member.key);
    }
  }
}

bool holds_dynamic_key(const json::Value& value) {
  if (value.is_array()) return std::ranges::any_of(value.elements(), holds_dynamic_key);
  if (!value.is_object()) return false;
  return std::ranges::any_of(value.members(), [](const json::Member& member) {
    return member.key.ends_with(".$") || holds_dynamic_key(member.value);
  });
}

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.language != QueryLanguage::jsonpath) return;
  for (const std::string_view field : {"Parameters", "ItemSelector", "ResultSelector"}) {
    const json::Value* value = state.takes(field) ? state.find(field) : nullptr;
    if (value != nullptr) warn_in_template(*value, state.place / field, findings);
  }
  for (const std::string_view field : {"Error", "Cause"}) {
    const json::Value* value = state.takes(field) ? state.find(field) : nullptr;
    if (value == nullptr || !value->is_string() || !looks_evaluated(value->as_string())) continue;
    findings
        .warning("NO_PATH", state.place / field,
                 "Field value looks like a path, but field name does not end with 'Path'.")
        .hint = fmt::format("'{}Path' is evaluated, '{}' is a constant", field, field);
  }
  const json::Value* result = state.takes("Result") ? state.find("Result") : nullptr;
  if (result == nullptr) return;
  if (holds_dynamic_key(*result) || (result->is_string() && looks_evaluated(result->as_string()))) {
    findings
        .warning("PASS_RESULT_IS_STATIC", state.place / "Result",
                 "Attempt to use a path in the result of a pass state.")
        .hint = "'Result' is a constant, 'Parameters' is evaluated";
  }
}

}  // namespace

const Rule static_values_rule = {.stage = Stage::advice, .state = check};

}  // namespace stepwell::asl::validation
