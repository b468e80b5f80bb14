// The fields of a JSONata state that may hold expressions: where one begins it must end.
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

constexpr auto fields = std::to_array<std::string_view>({
    "Arguments",
    "Assign",
    "Cause",
    "Credentials",
    "Error",
    "ItemBatcher",
    "ItemReader",
    "ItemSelector",
    "Items",
    "Output",
    "ResultWriter",
    "Timestamp",
});

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.language != QueryLanguage::jsonata) return;
  for (const std::string_view field : fields) {
    const json::Value* value = state.takes(field) ? state.find(field) : nullptr;
    if (value != nullptr) check_expressions(*value, state.place / field, findings);
  }
}

}  // namespace

const Rule expressions_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
