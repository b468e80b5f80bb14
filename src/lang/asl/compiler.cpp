#include "lang/asl/compiler.h"

#include "lang/asl/states/state_kind.h"
#include "lang/json/parse.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// A text field that must be there.
Result<std::string_view> required_text(const json::Value& object, std::string_view field) {
  const json::Value* value = object.find(field);
  if (value == nullptr || !value->is_string()) {
    return fail(invalid_definition(fmt::format("'{}' must be a string", field)));
  }
  return value->as_string();
}

Result<std::optional<QueryLanguage>> query_language(const json::Value& object) {
  const json::Value* value = object.find("QueryLanguage");
  if (value == nullptr) return std::nullopt;
  if (value->is_string() && value->as_string() == "JSONPath") return QueryLanguage::jsonpath;
  if (value->is_string() && value->as_string() == "JSONata") return QueryLanguage::jsonata;
  return fail(invalid_definition("'QueryLanguage' must be 'JSONPath' or 'JSONata'"));
}

StateType type_of(const StateKind& kind) {
#define STATE(name, member) \
  if (&kind == &member##_state) return StateType::name;
#include "lang/asl/states/states.def"
#undef STATE
  std::unreachable();
}

// Puts a value back when a nested compilation is through.
template <typename T>
class Restore {
 public:
  Restore(T& place, T value) : place_(place), old_(std::exchange(place, std::move(value))) {}
  ~Restore() { place_ = std::move(old_); }
  Restore(const Restore&) = delete;
  Restore& operator=(const Restore&) = delete;

 private:
  T& place_;
  T old_;
};

}  // namespace

Error invalid_definition(std::string message) {
  return {.fault = Fault::client, .code = "InvalidDefinition", .message = std::move(message), .detail = {}};
}

Compiler::Compiler(Machine& machine, Purpose purpose) : machine_(&machine), purpose_(purpose) {
  const CompileContext context{.arena = machine.arena_, .variables = variables_};
  for (const QueryLanguage language : {QueryLanguage::jsonpath, QueryLanguage::jsonata}) {
    languages_[static_cast<std::size_t>(language)] = make_language(language, context);
  }
}

Result<std::shared_ptr<const Machine>> Compiler::compile(std::string_view definition, Purpose purpose) {
  std::shared_ptr<Machine> machine(new Machine);
  machine->definition_ = std::make_unique<std::string>(definition);
  auto parsed = json::parse(machine->arena_, *machine->definition_);
  if (!parsed) return fail(invalid_definition(parsed.error().message));
  TRY(Compiler(*machine, purpose).machine(*parsed));
  return machine;
}

Result<void> Compiler::machine(const json::Value& definition) {
  TRY_ASSIGN(const auto language, query_language(definition));
  machine_language_ = language.value_or(QueryLanguage::jsonpath);
  if (const json::Value* timeout = definition.find("TimeoutSeconds"); timeout != nullptr && timeout->is_number()) {
    machine_->timeout_seconds_ = timeout->as_integer();
  }
  TRY_ASSIGN(machine_->top_, block(definition));
  return {};
}

Result<std::unique_ptr<Block>> Compiler::block(const json::Value& definition) {
  TRY_ASSIGN(const auto start, required_text(definition, "StartAt"));
  const json::Value* states = definition.find("States");
  if (states == nullptr || !states->is_object()) return fail(invalid_definition("'States' must be an object"));

  auto block = std::make_unique<Block>();
  Cells cells;
  {
    const Restore in_block(cells_, &cells);
    const Restore in_state(state_name_, state_name_);
    const Restore in_variables(variables_, VariableNames());
    const Restore in_state_language(state_language_, state_language_);
    const Restore in_children(children_, std::vector<Block*>());
    for (const json::Member& member : states->members()) {
      TRY_ASSIGN(auto compiled, state(member.key, member.value));
      compiled->block_ = block.get();
      block->states_.push_back(std::move(compiled));
    }
  }
  TRY(resolve(*block, cells));
  block->start_ = block->find(start);
  if (block->start_ == nullptr)
    return fail(invalid_definition(fmt::format("there is no state '{}' to start at", start)));
  children_.push_back(block.get());
  return block;
}

Result<void> Compiler::resolve(const Block& block, const Cells& cells) const {
  std::size_t resolved = 0;
  for (const auto& state : block.states()) {
    const auto cell = cells.find(state->name());
    if (cell == cells.end()) continue;
    *cell->second = state.get();
    ++resolved;
  }
  if (resolved == cells.size()) return {};
  const auto lost = std::ranges::find_if(cells, [](const auto& cell) { return *cell.second == nullptr; });
  return fail(invalid_definition(fmt::format("there is no state '{}' to go to", lost->first)));
}

Result<std::unique_ptr<State>> Compiler::state(std::string_view name, const json::Value& definition) {
  if (!names_.insert(name).second) return fail(invalid_definition(fmt::format("two states are named '{}'", name)));
  TRY_ASSIGN(const auto type, required_text(definition, "Type"));
  const StateKind* kind = find_state_kind(type);
  if (kind == nullptr) return fail(invalid_definition(fmt::format("state '{}' has the unknown type '{}'", name, type)));
  state_name_ = name;
  TRY(language_of(definition));

  const auto index = static_cast<std::uint32_t>(machine_->by_index_.size());
  machine_->by_index_.push_back(nullptr);
  children_.clear();
  variables_.clear();
  auto compiled = kind->compile(*this, definition);
  if (!compiled) {
    // The innermost state is named, once.
    Error error = std::move(compiled).error();
    if (!std::exchange(error_is_located_, true)) error.message = fmt::format("state '{}': {}", name, error.message);
    return fail(invalid_definition(std::move(error.message)));
  }
  State& result = **compiled;
  result.type_ = type_of(*kind);
  result.language_ = state_language_;
  result.index_ = index;
  result.name_ = name;
  for (Block* child : children_) child->owner_ = &result;
  machine_->by_index_[index] = &result;
  keep_variables(name);
  return compiled;
}

void Compiler::keep_variables(std::string_view state) {
  if (variables_.empty()) return;
  std::ranges::sort(variables_);
  const auto repeated = std::ranges::unique(variables_);
  variables_.erase(repeated.begin(), repeated.end());
  machine_->variable_references_.try_emplace(std::string(state), variables_.begin(), variables_.end());
}

Result<void> Compiler::language_of(const json::Value& state) {
  TRY_ASSIGN(const auto own, query_language(state));
  state_language_ = own.value_or(machine_language_);
  return {};
}

Transition Compiler::next(const json::Value& state) {
  const json::Value* name = state.find("Next");
  return name != nullptr && name->is_string() ? transition_to(name->as_string()) : Transition();
}

Transition Compiler::transition_to(std::string_view name) {
  auto [cell, is_new] = cells_->try_emplace(name, nullptr);
  if (is_new) cell->second = arena().make<const State*>(nullptr);
  return Transition(cell->second);
}

}  // namespace stepwell::asl
