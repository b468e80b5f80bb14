// The rules of a Choice state (spec §1.6): in JSONPath a comparison, or And, Or, Not of such; in JSONata a condition.
#include "lang/asl/choice/operators.h"
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

// "StringEquals", "IsNull", …
const std::vector<std::string_view>& operator_names() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const ChoiceOperator& one : choice_operators()) all.push_back(one.name);
    return all;
  }();
  return names;
}

// The type of the constant that an operator compares with.
ValueType operand_type(std::string_view name) {
  if (name.starts_with("Numeric")) return ValueType::number;
  if (name.starts_with("Boolean")) return ValueType::boolean;
  return ValueType::string;
}

constexpr auto selectors = std::to_array<std::string_view>({"And", "Or", "Not", "Variable", "Condition"});
// What only the rules that stand in Choices themselves have.
constexpr auto outer_fields = std::to_array<std::string_view>({"Next", "Assign", "Output"});

enum class Level : std::uint8_t { outer, inner };

struct RuleChecker {
  QueryLanguage language;
  Findings& findings;

  void check(const json::Value& rule, const Place& place, Level level) const {
    if (!check_value({.type = ValueType::object}, rule, place, language, findings)) return;
    if (level == Level::outer && rule.find("Next") == nullptr) {
      constexpr std::array<std::string_view, 1> missing = {"Next"};
      report_missing(missing, place, findings);
    }
    check_fields(rule, place, level);
    const auto chosen =
        std::ranges::count_if(selectors, [&](std::string_view field) { return rule.find(field) != nullptr; });
    if (chosen != 1) {
      findings.schema_error(place, fmt::format("The object must have only one of the following fields, [{}]",
                                               fmt::join(selectors, ", ")));
    }
    for (const json::Member& member : rule.members()) check_member(member, place / member.key);
  }

 private:
  // Which fields there are, and, in a comparison, that there is one operator.
  void check_fields(const json::Value& rule, const Place& place, Level level) const {
    std::size_t compared = 0;
    for (const json::Member& member : rule.members()) {
      const std::string_view key = member.key;
      const bool is_operator = find_choice_operator(key) != nullptr;
      if (is_operator) ++compared;
      const bool jsonata_only = key == "Condition" || key == "Output";
      const bool jsonpath_only = is_operator || (!jsonata_only && is_selector(key));
      if ((jsonata_only && language == QueryLanguage::jsonpath) ||
          (jsonpath_only && language == QueryLanguage::jsonata)) {
        report_language(key, language, place, findings);
      } else if (!is_operator && !is_known(key, level)) {
        report_unknown(key, place, level);
      }
    }
    if (language == QueryLanguage::jsonata || rule.find("Variable") == nullptr || compared == 1) return;
    findings.schema_error(place,
                          fmt::format("{} of the following fields: [{}]",
                                      compared == 0 ? "This object should have only one" : "There should only be one",
                                      fmt::join(operator_names(), ", ")));
  }

  static bool is_selector(std::string_view key) { return std::ranges::find(selectors, key) != selectors.end(); }

  static bool is_known(std::string_view key, Level level) {
    if (key == "Comment" || is_selector(key)) return true;
    return level == Level::outer && std::ranges::find(outer_fields, key) != outer_fields.end();
  }

  void report_unknown(std::string_view key, const Place& place, Level level) const {
    std::vector<std::string_view> known = operator_names();
    known.insert(known.end(), selectors.begin(), selectors.end());
    known.push_back("Comment");
    if (level == Level::outer) known.insert(known.end(), outer_fields.begin(), outer_fields.end());
    Diagnostic& diagnostic = report_unsupported(key, place, known, findings);
    if (key == "Next") diagnostic.hint = "only the rules that stand in Choices themselves have a Next";
  }

  void check_member(const json::Member& member, const Place& place) const {
    const std::string_view key = member.key;
    const json::Value& value = member.value;
    if (key == "And" || key == "Or") {
      if (!check_value({.type = ValueType::array, .non_empty = true}, value, place, language, findings)) return;
      for (std::size_t i = 0; i < value.size(); ++i) check(value.elements()[i], place[i], Level::inner);
    } else if (key == "Not") {
      check(value, place, Level::inner);
    } else if (key == "Variable") {
      check_reference(value, place);
    } else if (key == "Condition") {
      check_condition(value, place);
    } else if (key == "Next" || key == "Comment") {
      check_value({.type = ValueType::string}, value, place, language, findings);
    } else if (key == "Assign") {
      check_assignments(value, language, place, findings);
      check_evaluated(value, place);
    } else if (key == "Output") {
      check_evaluated(value, place);
    } else {
      check_operand(key, value, place);
    }
  }

  void check_evaluated(const json::Value& value, const Place& place) const {
    if (language == QueryLanguage::jsonata) return check_expressions(value, place, findings);
    check_template(value, place, findings);
  }

  void check_condition(const json::Value& value, const Place& place) const {
    if (language == QueryLanguage::jsonpath || value.is_boolean()) return;
    if (value.is_string() && is_jsonata_expression(value.as_string())) return;
    findings.schema_error(place, "JSONata string must start with {% and end with %}");
  }

  void check_reference(const json::Value& value, const Place& place) const {
    if (language == QueryLanguage::jsonata) return;
    if (!check_value({.type = ValueType::string}, value, place, language, findings)) return;
    if (value.as_string().starts_with('$')) return check_path(&value, PathForm::context_reference, place, findings);
    findings.schema_error(place, "Value is not a Reference Path: Reference path didn't start with '$'");
  }

  void check_operand(std::string_view name, const json::Value& value, const Place& place) const {
    using enum ChoiceOperator::Operand;
    const ChoiceOperator* found = find_choice_operator(name);
    if (found == nullptr || language == QueryLanguage::jsonata) return;
    if (found->operand == path) return check_reference(value, place);
    const bool is_flag = found->operand == flag || found->operand == presence;
    const ValueType type = is_flag ? ValueType::boolean : operand_type(name);
    if (!check_value({.type = type}, value, place, language, findings)) return;
    if (name.starts_with("Timestamp")) check_timestamp(value, language, place, findings);
  }
};

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* rules = state.takes("Choices") ? state.find("Choices") : nullptr;
  if (rules == nullptr || !rules->is_array()) return;
  const RuleChecker checker = {.language = state.language, .findings = findings};
  for (std::size_t i = 0; i < rules->size() && !findings.is_full(); ++i) {
    checker.check(rules->elements()[i], (state.place / "Choices")[i], Level::outer);
  }
}

}  // namespace

const Rule choices_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
