// Each branch and each iteration has variables of its own and sees those around it, but cannot change them: a name is
// not assigned within that may be assigned already when the Parallel or Map is entered (spec §1.5). What that state
// assigns itself, or a catcher of it, comes later and is no matter. A distributed Map sees no outer variables.
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

// The state around a block whose variables can be seen in it.
const StateNode* seen_from(const BlockNode& block) {
  return block.owner == nullptr || is_distributed(block.definition) ? nullptr : block.owner;
}

// The transitions of a block, backwards, and who assigns what.
class Flow {
 public:
  explicit Flow(const BlockNode& block) : sources_(block.states.size()) {
    for (std::size_t i = 0; i < block.states.size(); ++i) {
      indexes_.emplace(block.states[i], i);
      for (const Assigned& one : assigned_by(*block.states[i])) assigners_.emplace(one.name, i);
    }
    for (std::size_t i = 0; i < block.states.size(); ++i) {
      for (const Target& target : targets_of(*block.states[i])) {
        if (const StateNode* found = block.find(target.name)) sources_[indexes_.at(found)].push_back(i);
      }
    }
  }

  // Whether a state that may come before `state` assigns the name.
  bool is_assigned_before(std::string_view name, const StateNode& state) {
    const auto [first, last] = assigners_.equal_range(name);
    if (first == last) return false;
    const std::size_t end = indexes_.at(&state);
    if (end != end_) look_back(end);
    return std::any_of(first, last, [&](const auto& entry) { return entry.second != end && before_[entry.second]; });
  }

 private:
  void look_back(std::size_t end) {
    end_ = end;
    before_.assign(sources_.size(), false);
    std::vector<std::size_t> open = {end};
    while (!open.empty()) {
      const std::size_t at = open.back();
      open.pop_back();
      for (const std::size_t source : sources_[at]) {
        if (before_[source]) continue;
        before_[source] = true;
        open.push_back(source);
      }
    }
  }

  std::unordered_map<const StateNode*, std::size_t> indexes_;
  std::multimap<std::string_view, std::size_t> assigners_;
  std::vector<std::vector<std::size_t>> sources_;  // of the transitions to each state
  std::optional<std::size_t> end_;                 // what `before_` is about
  std::vector<bool> before_;
};

void check(const Document& document, Findings& findings) {
  std::unordered_map<const BlockNode*, Flow> flows;
  const auto is_taken = [&](std::string_view name, const BlockNode& block) {
    for (const StateNode* around = seen_from(block); around != nullptr; around = seen_from(*around->block)) {
      Flow& flow = flows.try_emplace(around->block, *around->block).first->second;
      if (flow.is_assigned_before(name, *around)) return true;
    }
    return false;
  };
  for (const BlockNode& block : document.blocks()) {
    if (seen_from(block) == nullptr) continue;
    for (const StateNode* state : block.states) {
      for (const Assigned& one : assigned_by(*state)) {
        if (findings.is_full() || !is_taken(one.name, block)) continue;
        findings.error("DUPLICATE_VARIABLE_NAME", one.place,
                       fmt::format("The variable name '{}' was already defined in a parent scope.", one.name));
      }
    }
  }
}

}  // namespace

const Rule variable_scopes_rule = {.stage = Stage::names, .whole = check};

}  // namespace stepwell::asl::validation
