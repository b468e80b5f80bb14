// The fields of a JSONPath state that hold a path.
#include "lang/asl/validation/paths.h"

#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

struct PathField {
  std::string_view name;
  PathForm form;
};

constexpr auto fields = std::to_array<PathField>({
    {"InputPath", PathForm::any},
    {"OutputPath", PathForm::any},
    {"ResultPath", PathForm::place},
    {"ItemsPath", PathForm::context_reference},
    {"SecondsPath", PathForm::reference},
    {"TimestampPath", PathForm::reference},
    {"TimeoutSecondsPath", PathForm::reference},
    {"HeartbeatSecondsPath", PathForm::reference},
    {"MaxConcurrencyPath", PathForm::reference},
    {"ToleratedFailureCountPath", PathForm::reference},
    {"ToleratedFailurePercentagePath", PathForm::reference},
    {"ErrorPath", PathForm::text},
    {"CausePath", PathForm::text},
});

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.language != QueryLanguage::jsonpath) return;
  for (const PathField& field : fields) {
    if (state.takes(field.name)) check_path(state.find(field.name), field.form, state.place / field.name, findings);
  }
}

}  // namespace

const Rule paths_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
