// The catchers of a state (spec §1.7).
#include "lang/asl/validation/error_names.h"
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr auto fields = std::to_array<FieldShape>({
    {.name = "ErrorEquals", .required = true},
    {.name = "Next", .value = {.type = ValueType::string}, .required = true},
    {.name = "ResultPath", .value = {.type = ValueType::string, .nullable = true}, .languages = Languages::jsonpath},
    {.name = "Output", .languages = Languages::jsonata},
    {.name = "Assign"},
    {.name = "Comment", .value = {.type = ValueType::string}},
});

void check_catcher(const json::Value& catcher, QueryLanguage language, const Place& place, Findings& findings) {
  const json::Value* assign = catcher.find("Assign");
  if (assign != nullptr) check_assignments(*assign, language, place / "Assign", findings);
  if (language == QueryLanguage::jsonpath) {
    check_path(catcher.find("ResultPath"), PathForm::place, place / "ResultPath", findings);
    if (assign != nullptr) check_template(*assign, place / "Assign", findings);
    return;
  }
  if (assign != nullptr) check_expressions(*assign, place / "Assign", findings);
  if (const json::Value* output = catcher.find("Output")) check_expressions(*output, place / "Output", findings);
}

void check(const StateNode& state, const Document&, Findings& findings) {
  const json::Value* catchers = state.takes("Catch") ? state.find("Catch") : nullptr;
  if (catchers == nullptr || !catchers->is_array()) return;
  for (std::size_t i = 0; i < catchers->size() && !findings.is_full(); ++i) {
    const json::Value& catcher = catchers->elements()[i];
    const Place place = (state.place / "Catch")[i];
    if (!check_object(fields, catcher, place, state.language, findings)) continue;
    const IsLast last = i + 1 == catchers->size() ? IsLast::yes : IsLast::no;
    check_error_names(catcher.find("ErrorEquals"), last, place / "ErrorEquals", findings);
    check_catcher(catcher, state.language, place, findings);
  }
}

}  // namespace

const Rule catchers_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
