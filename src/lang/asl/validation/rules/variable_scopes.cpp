// Each branch and each iteration has variables of its own and sees those around it, but cannot change them: no name
// that an outer scope assigns is assigned within (spec §1.5). A distributed Map sees no outer variables.
#include "lang/asl/template.h"
#include "lang/asl/validation/rule.h"

namespace stepwell::asl::validation {
namespace {

struct Assigned {
  std::string_view name;
  Place place;  // of Assign
};

// In the state itself, its choice rules and its catchers.
std::vector<Assigned> assigned_by(const StateNode& state) {
  std::vector<Assigned> assigned;
  const auto collect = [&](const json::Value& owner, const Place& place) {
    const json::Value* assign = owner.find("Assign");
    if (assign == nullptr || !assign->is_object()) return;
    for (const json::Member& member : assign->members()) {
      const bool dynamic = state.language == QueryLanguage::jsonpath && is_dynamic_key(member.key);
      assigned.push_back({.name = dynamic ? without_dynamic_mark(member.key) : member.key, .place = place / "Assign"});
    }
  };
  collect(state.definition, state.place);
  for (const std::string_view field : {"Choices", "Catch"}) {
    const json::Value* list = state.takes(field) ? state.find(field) : nullptr;
    if (list == nullptr || !list->is_array()) continue;
    for (std::size_t i = 0; i < list->size(); ++i) collect(list->elements()[i], (state.place / field)[i]);
  }
  return assigned;
}

bool is_distributed(const json::Value& processor) {
  const json::Value* config = processor.find("ProcessorConfig");
  const json::Value* mode = config == nullptr ? nullptr : config->find("Mode");
  return mode != nullptr && mode->is_string() && mode->as_string() == "DISTRIBUTED";
}

// The block whose variables can be seen in this one.
const BlockNode* outer(const BlockNode& block) {
  const bool alone = block.owner == nullptr || is_distributed(block.definition);
  return alone ? nullptr : block.owner->block;
}

void check(const Document& document, Findings& findings) {
  // The names that each block assigns, with the state that does so first. Outer blocks stand before inner ones.
  std::unordered_map<const BlockNode*, std::map<std::string_view, const StateNode*>> names;
  for (const BlockNode& block : document.blocks()) {
    for (const StateNode* state : block.states) {
      for (const Assigned& one : assigned_by(*state)) names[&block].emplace(one.name, state);
    }
  }
  for (const BlockNode& block : document.blocks()) {
    for (const StateNode* state : block.states) {
      for (const Assigned& one : assigned_by(*state)) {
        for (const BlockNode* around = outer(block); around != nullptr; around = outer(*around)) {
          const auto known = names[around].find(one.name);
          if (known == names[around].end()) continue;
          findings
              .error("DUPLICATE_VARIABLE_NAME", one.place,
                     fmt::format("The variable name '{}' was already defined in a parent scope.", one.name))
              .hint = fmt::format("the state at {} assigns it", known->second->place.location());
          break;
        }
      }
    }
  }
}

}  // namespace

const Rule variable_scopes_rule = {.stage = Stage::names, .whole = check};

}  // namespace stepwell::asl::validation
