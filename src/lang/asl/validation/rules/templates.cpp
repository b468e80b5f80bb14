// The payload templates of a JSONPath state.
#include "lang/asl/validation/paths.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

constexpr std::array<std::string_view, 5> fields = {"Parameters", "ItemSelector", "ResultSelector", "Credentials",
                                                    "Assign"};
struct Inner {
  std::string_view owner;
  std::string_view field;
};
constexpr std::array<Inner, 3> inner_fields = {
    {{"ItemReader", "Parameters"}, {"ResultWriter", "Parameters"}, {"ItemBatcher", "BatchInput"}}};

void check(const StateNode& state, const Document&, Findings& findings) {
  if (state.language != QueryLanguage::jsonpath) return;
  for (const std::string_view field : fields) {
    const json::Value* value = state.takes(field) ? state.find(field) : nullptr;
    if (value != nullptr) check_template(*value, state.place / field, findings);
  }
  for (const Inner& inner : inner_fields) {
    const json::Value* owner = state.takes(inner.owner) ? state.find(inner.owner) : nullptr;
    const json::Value* value = owner != nullptr ? owner->find(inner.field) : nullptr;
    if (value != nullptr) check_template(*value, state.place / inner.owner / inner.field, findings);
  }
}

}  // namespace

const Rule templates_rule = {.stage = Stage::contents, .state = check};

}  // namespace stepwell::asl::validation
