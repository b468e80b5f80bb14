#include "services/states/fork.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/operations/support.h"
#include "services/states/reading.h"

#include <set>

namespace stepwell::states {
namespace {

using json::Value;

struct Place {
  Value machine;              // the object whose States have the state
  std::string_view language;  // of it
};

std::string_view language_of(const Value& machine, std::string_view outer) {
  const Value* own = machine.find("QueryLanguage");
  return own != nullptr && own->is_string() ? own->as_string() : outer;
}

std::optional<Place> find_state(const Value& machine, std::string_view name, std::string_view outer);

std::optional<Place> find_inside(const Value& state, std::string_view name, std::string_view language) {
  if (const Value* branches = state.find("Branches"); branches != nullptr && branches->is_array()) {
    for (const Value& branch : branches->elements()) {
      if (auto place = find_state(branch, name, language)) return place;
    }
  }
  for (const std::string_view processor : {"ItemProcessor", "Iterator"}) {
    if (const Value* machine = state.find(processor)) return find_state(*machine, name, language);
  }
  return std::nullopt;
}

// The definition is one that executions run, so it is no deeper than they may be.
std::optional<Place> find_state(const Value& machine, std::string_view name, std::string_view outer) {
  const Value* states = machine.is_object() ? machine.find("States") : nullptr;
  if (states == nullptr || !states->is_object()) return std::nullopt;
  const std::string_view language = language_of(machine, outer);
  if (states->find(name) != nullptr) return Place{machine, language};
  for (const json::Member& state : states->members()) {
    if (!state.value.is_object()) continue;
    if (auto place = find_inside(state.value, name, language)) return place;
  }
  return std::nullopt;
}

void add_next(const Value& object, std::vector<std::string_view>& names) {
  for (const std::string_view member : {"Next", "Default"}) {
    const Value* name = object.find(member);
    if (name != nullptr && name->is_string()) names.push_back(name->as_string());
  }
}

// The states that can be reached from one of them.
Value reachable(json::Arena& arena, const Value& states, std::string_view from) {
  std::vector<std::string_view> names{from};
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Value* state = states.find(names[i]);
    if (state == nullptr || !state->is_object() || !seen.insert(names[i]).second) continue;
    add_next(*state, names);
    for (const std::string_view list : {"Choices", "Catch"}) {
      const Value* ways = state->find(list);
      if (ways == nullptr || !ways->is_array()) continue;
      for (const Value& way : ways->elements()) {
        if (way.is_object()) add_next(way, names);
      }
    }
  }
  json::ObjectBuilder kept(arena);
  for (const json::Member& member : states.members()) {
    if (seen.contains(member.key)) kept.add(member.key, member.value);
  }
  return kept.build();
}

// A text that would be an expression, as an expression that gives the text.
Value literal(json::Arena& arena, const Value& value) {
  if (value.is_string() && value.as_string().starts_with("{%")) {
    std::string text = "{% ";
    json::print_string(text, value.as_string());
    return json::make_string(arena, text + " %}");
  }
  if (value.is_array()) {
    std::vector<Value> elements;
    for (const Value& element : value.elements()) elements.push_back(literal(arena, element));
    return json::make_array(arena, elements);
  }
  if (!value.is_object()) return value;
  json::ObjectBuilder object(arena);
  for (const json::Member& member : value.members()) object.add(member.key, literal(arena, member.value));
  return object.build();
}

Value assigning(json::Arena& arena, const Value& variables, std::string_view next) {
  return json::ObjectBuilder(arena)
      .add("Type", "Pass")
      .add("QueryLanguage", "JSONata")
      .add("Assign", literal(arena, variables))
      .add("Next", next)
      .build();
}

Error no_state(std::string_view name) {
  return errors::validation(fmt::format("The definition has no state '{}' that a fork can begin at.", name));
}

// The state that an event tells the entering of.
Result<std::string> entered_state(const json::Value& event) {
  const Value* type = event.find("type");
  const Value* details = event.find("stateEnteredEventDetails");
  const Value* name = details != nullptr ? details->find("name") : nullptr;
  if (type == nullptr || name == nullptr)
    return fail(errors::validation("A fork begins at an event that tells of a state being entered."));
  return std::string(name->as_string());
}

}  // namespace

Result<std::string> forked_definition(std::string_view definition, std::string_view state, const json::Value& variables,
                                      std::string_view comment) {
  json::Arena arena;
  const auto top = json::parse(arena, definition);
  const auto place = top ? find_state(*top, state, "JSONPath") : std::nullopt;
  if (!place) return fail(no_state(state));
  const Value states = reachable(arena, *place->machine.find("States"), state);
  std::string start(state);
  json::ObjectBuilder all(arena);
  for (const json::Member& member : states.members()) all.add(member.key, member.value);
  if (variables.size() > 0) {
    for (start = "Variables"; states.find(start) != nullptr;) start += '\'';
    all.add(arena.copy(start), assigning(arena, variables, state));
  }
  json::ObjectBuilder forked(arena);
  forked.add("Comment", comment);
  forked.add("QueryLanguage", place->language);
  forked.add("StartAt", start);
  forked.add("States", all.build());
  return json::print(forked.build());
}

Task<Result<engine::StartOutcome>> fork(States& states, ForkRequest request) {
  CO_TRY(check_json(request.input, errors::invalid_execution_input));
  CO_TRY(check_json(request.variables, errors::invalid_execution_input));
  json::Arena arena;
  const auto variables = json::parse(arena, request.variables);
  if (!variables || !variables->is_object()) co_return fail(errors::validation("The variables have to be an object."));
  CO_TRY_ASSIGN(const engine::ExecutionId id, find_execution(states, request.execution_arn));
  CO_TRY_ASSIGN(const json::Value event, Reading(states).event(id, request.event, arena));
  CO_TRY_ASSIGN(const std::string state, entered_state(event));
  CO_TRY_ASSIGN(const auto view, states.queries.describe(id));
  if (!view) co_return fail(errors::execution_does_not_exist(request.execution_arn));
  const std::string& machine_arn = view->record.machine_arn;
  CO_TRY_ASSIGN(auto machine, states.machines.find(machine_arn));
  CO_TRY_ASSIGN(const auto revision, states.machines.find_revision(machine_arn, view->record.revision_id));
  if (!machine || !revision) co_return fail(errors::state_machine_does_not_exist(machine_arn));
  const std::string comment = fmt::format("Forked from {} at event {}", request.execution_arn, request.event);
  CO_TRY_ASSIGN(machine->definition, forked_definition(revision->definition, state, *variables, comment));
  CO_TRY(check_definition(machine->definition, asl::MachineType::standard));
  machine->role_arn = revision->role_arn;
  machine->revision_id = make_uuid(states.random);
  machine->revised = true;
  machine->updated = states.clock.now();
  const std::string revision_id = machine->revision_id;
  CO_TRY(co_await states.machines.save_revision(*std::move(machine)));
  engine::StartRequest start;
  start.revision = states.machines.revision(machine_arn, revision_id);
  if (start.revision == nullptr) co_return fail(errors::state_machine_does_not_exist(machine_arn));
  start.name = make_uuid(states.random);
  start.unique_name = true;
  start.input = std::move(request.input);
  Pending<Result<engine::StartOutcome>> started;
  states.engine->start(std::move(start),
                       [started](Result<engine::StartOutcome> outcome) { started.set(std::move(outcome)); });
  co_return co_await started;
}

}  // namespace stepwell::states
