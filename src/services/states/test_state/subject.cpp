#include "services/states/test_state/subject.h"

#include "lang/asl/validation/report.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "services/states/operations/support.h"
#include "wire/errors.h"

#include <algorithm>
#include <set>

namespace stepwell::states {
namespace {

constexpr std::string_view location_prefix = "/States/StateName";

void add_target(const json::Value& object, std::string_view field, std::set<std::string_view>& targets) {
  const json::Value* name = object.find(field);
  if (name != nullptr && name->is_string() && name->as_string() != subject_name) targets.insert(name->as_string());
}

// The names of the states that a state may go to.
std::set<std::string_view> targets_of(const json::Value& state) {
  std::set<std::string_view> targets;
  add_target(state, "Next", targets);
  add_target(state, "Default", targets);
  for (const std::string_view field : {"Choices", "Catch"}) {
    const json::Value* rules = state.find(field);
    if (rules == nullptr || !rules->is_array()) continue;
    for (const json::Value& rule : rules->elements()) add_target(rule, "Next", targets);
  }
  return targets;
}

// A definition of which the state is a part: it starts there, and what it goes to ends it.
std::string definition_around(std::string_view text, const json::Value& state) {
  std::string definition = fmt::format(R"({{"StartAt":"{0}","States":{{"{0}":{1})", subject_name, text);
  for (const std::string_view target : targets_of(state)) {
    definition += ',';
    json::print_string(definition, target);
    definition += R"(:{"Type":"Succeed"})";
  }
  return definition + "}}";
}

// As check_definition; line and column are those in the text of the state.
Result<void> check_state(std::string_view text, std::string_view definition) {
  auto diagnostics = asl::validate(definition, asl::MachineType::standard);
  const auto is_error = [](const asl::Diagnostic& diagnostic) { return diagnostic.severity == asl::Severity::error; };
  if (std::ranges::none_of(diagnostics, is_error)) return {};
  std::string message = asl::invalid_definition_message(diagnostics);
  for (asl::Diagnostic& diagnostic : diagnostics) {
    const bool inside = diagnostic.pointer.starts_with(location_prefix);
    diagnostic.pointer.erase(0, inside ? location_prefix.size() : diagnostic.pointer.size());
  }
  return fail(errors::invalid_definition(std::move(message), asl::report("definition", text, diagnostics)));
}

Result<Subject> find_alone(std::string_view text, const json::Value& state) {
  const std::string definition = definition_around(text, state);
  TRY(check_state(text, definition));
  Subject subject;
  TRY_ASSIGN(subject.machine, asl::Machine::compile(definition, asl::Purpose::test));
  subject.state = &subject.machine->top().start();
  subject.definition = state;
  return subject;
}

const json::Value* find_definition(const json::Value& block, std::string_view name);

// In what a state holds: branches, an item processor.
const json::Value* find_inside(const json::Value& state, std::string_view name) {
  for (const std::string_view field : {"ItemProcessor", "Iterator"}) {
    if (const json::Value* processor = state.find(field)) {
      if (const json::Value* found = find_definition(*processor, name)) return found;
    }
  }
  const json::Value* branches = state.find("Branches");
  if (branches == nullptr || !branches->is_array()) return nullptr;
  for (const json::Value& branch : branches->elements()) {
    if (const json::Value* found = find_definition(branch, name)) return found;
  }
  return nullptr;
}

const json::Value* find_definition(const json::Value& block, std::string_view name) {
  const json::Value* states = block.find("States");
  if (states == nullptr || !states->is_object()) return nullptr;
  if (const json::Value* state = states->find(name)) return state;
  for (const json::Member& member : states->members()) {
    if (const json::Value* found = find_inside(member.value, name)) return found;
  }
  return nullptr;
}

Result<Subject> find_named(std::string_view text, const json::Value& definition, std::string_view name) {
  TRY(check_definition(text, asl::MachineType::standard));
  Subject subject;
  TRY_ASSIGN(subject.machine, asl::Machine::compile(text, asl::Purpose::test));
  for (std::uint32_t i = 0; i < subject.machine->states() && subject.state == nullptr; ++i) {
    if (subject.machine->state(i).name() == name) subject.state = &subject.machine->state(i);
  }
  const json::Value* found = find_definition(definition, name);
  if (subject.state == nullptr || found == nullptr) {
    return fail(wire::validation_exception("State not found in definition"));
  }
  subject.definition = *found;
  return subject;
}

}  // namespace

bool holds_state(const Subject& subject, std::string_view name) {
  return find_inside(subject.definition, name) != nullptr;
}

Result<Subject> find_subject(wire::Call& call) {
  const std::string_view text = call.text("definition");
  const auto definition = json::parse(call.arena, text);
  if (!definition || !definition->is_object()) {
    TRY(check_definition(text, asl::MachineType::standard));
    return fail(errors::invalid_definition("A state is defined by a JSON object", {}));
  }
  const auto name = call.optional_text("stateName");
  return name ? find_named(text, *definition, *name) : find_alone(text, *definition);
}

}  // namespace stepwell::states
