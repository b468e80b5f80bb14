// The fields that a state needs and those it may have, by its type and its query language (spec §1.2).
#include "lang/asl/validation/rule.h"
#include "lang/asl/validation/shape.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::string_view, 3> common_fields = {"Type", "Comment", "QueryLanguage"};

constexpr std::array all_kinds = {
#define STATE(name, member) &member##_state,
#include "lang/asl/states/states.def"
#undef STATE
};

// "it belongs to Task, Parallel and Map states", or empty.
std::string owners_of(std::string_view field) {
  std::vector<std::string_view> owners;
  for (const StateKind* kind : all_kinds) {
    const auto at = std::ranges::find(kind->fields, field, &Field::name);
    if (at != kind->fields.end()) owners.push_back(kind->name);
  }
  return owners.empty() ? std::string() : fmt::format("it belongs to states of type {}", fmt::join(owners, ", "));
}

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.kind == nullptr) return;
  std::vector<std::string_view> known(common_fields.begin(), common_fields.end());
  std::vector<std::string_view> missing;
  for (const Field& field : state.kind->fields) {
    known.push_back(field.name);
    if (field.required && is_for(field.languages, state.language) && state.find(field.name) == nullptr) {
      missing.push_back(field.name);
    }
  }
  report_missing(missing, state.place, findings);
  for (const json::Member& member : state.definition.members()) {
    if (std::ranges::find(common_fields, member.key) != common_fields.end()) continue;
    const auto field = std::ranges::find(state.kind->fields, member.key, &Field::name);
    if (field == state.kind->fields.end()) {
      Diagnostic& diagnostic = report_unsupported(member.key, state.place, known, findings);
      if (std::string owners = owners_of(member.key); !owners.empty()) diagnostic.hint = std::move(owners);
    } else if (!is_for(field->languages, state.language) && !state.downgraded) {
      report_language(member.key, state.language, state.place, findings);
    }
  }
}

}  // namespace

const Rule state_fields_rule = {.stage = Stage::fields, .state = check};

}  // namespace stepwell::asl::validation
