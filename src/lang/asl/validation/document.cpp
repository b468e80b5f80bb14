#include "lang/asl/validation/document.h"

namespace stepwell::asl::validation {
namespace {

// Anything but the exact word JSONPath turns to JSONata, as on AWS; that it should be one of the two is a rule's
// matter.
QueryLanguage language_of(const json::Value& definition, QueryLanguage otherwise) {
  const json::Value* declared = definition.find("QueryLanguage");
  if (declared == nullptr) return otherwise;
  const bool jsonpath = declared->is_string() && declared->as_string() == "JSONPath";
  return jsonpath ? QueryLanguage::jsonpath : QueryLanguage::jsonata;
}

const StateKind* kind_of(const json::Value& definition) {
  const json::Value* type = definition.find("Type");
  return type != nullptr && type->is_string() ? find_state_kind(type->as_string()) : nullptr;
}

void add_target(std::vector<Target>& targets, const json::Value& owner, std::string_view field, const Place& place) {
  const json::Value* name = owner.find(field);
  if (name != nullptr && name->is_string()) targets.push_back({.name = name->as_string(), .place = place / field});
}

}  // namespace

const StateNode* BlockNode::find(std::string_view name) const {
  const auto at = by_name.find(name);
  return at == by_name.end() ? nullptr : at->second;
}

bool StateNode::takes(std::string_view field) const {
  return kind != nullptr && std::ranges::find(kind->fields, field, &Field::name) != kind->fields.end();
}

Document::Document(const json::Value& definition, MachineType type)
    : type_(type), language_(language_of(definition, QueryLanguage::jsonpath)) {
  add_block(BlockNode::Kind::machine, definition, Place(), nullptr);
}

void Document::add_block(BlockNode::Kind kind, const json::Value& definition, const Place& place,
                         const StateNode* owner) {
  const std::size_t depth = owner == nullptr ? 0 : owner->block->depth + 1;
  BlockNode& block = blocks_.emplace_back(BlockNode{.kind = kind,
                                                    .definition = definition,
                                                    .place = place,
                                                    .depth = depth,
                                                    .owner = owner,
                                                    .states = {},
                                                    .by_name = {}});
  nodes_.emplace_back(&block);
  const json::Value* states = definition.find("States");
  if (states == nullptr || !states->is_object() || depth > max_depth) return;
  const Place within = place / "States";
  for (const json::Member& member : states->members()) {
    if (member.value.is_object()) add_state(block, member.key, member.value, within / member.key);
  }
}

void Document::add_state(BlockNode& block, std::string_view name, const json::Value& definition, const Place& place) {
  const QueryLanguage language = language_of(definition, language_);
  StateNode& state = states_.emplace_back(StateNode{
      .name = name,
      .definition = definition,
      .place = place,
      .block = &block,
      .kind = kind_of(definition),
      .language = language,
      .downgraded = language_ == QueryLanguage::jsonata && language == QueryLanguage::jsonpath,
  });
  block.states.push_back(&state);
  block.by_name.emplace(name, &state);
  nodes_.emplace_back(&state);
  const json::Value* branches = state.is(parallel_state) ? definition.find("Branches") : nullptr;
  if (branches != nullptr && branches->is_array()) {
    for (std::size_t i = 0; i < branches->size(); ++i) {
      const json::Value& branch = branches->elements()[i];
      if (branch.is_object()) add_block(BlockNode::Kind::branch, branch, (place / "Branches")[i], &state);
    }
  }
  if (!state.is(map_state)) return;
  for (const std::string_view field : {"ItemProcessor", "Iterator"}) {
    const json::Value* processor = definition.find(field);
    if (processor != nullptr && processor->is_object()) {
      add_block(BlockNode::Kind::processor, *processor, place / field, &state);
    }
  }
}

std::vector<Target> targets_of(const StateNode& state) {
  std::vector<Target> targets;
  const auto each = [&](std::string_view field) {
    const json::Value* list = state.takes(field) ? state.find(field) : nullptr;
    if (list == nullptr || !list->is_array()) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
      add_target(targets, list->elements()[i], "Next", (state.place / field)[i]);
    }
  };
  if (state.takes("Next")) add_target(targets, state.definition, "Next", state.place);
  each("Choices");
  if (state.takes("Default")) add_target(targets, state.definition, "Default", state.place);
  each("Catch");
  return targets;
}

}  // namespace stepwell::asl::validation
