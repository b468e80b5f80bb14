#pragma once
// From a definition to a Machine: blocks and states are made, their indexes given out, transitions resolved. The files
// in states/ compile their type with the help of this.

#include "lang/asl/data_flow.h"
#include "lang/asl/machine.h"

#include <array>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace stepwell::asl {

// Where a state goes next; its target is known when the block it stands in is compiled.
class Transition {
 public:
  Transition() = default;  // the end of the block
  const State* target() const { return cell_ == nullptr ? nullptr : *cell_; }

 private:
  friend class Compiler;
  explicit Transition(const State* const* cell) : cell_(cell) {}
  const State* const* cell_ = nullptr;  // in the machine's arena
};

class Compiler {
 public:
  static Result<std::shared_ptr<const Machine>> compile(std::string_view definition, Purpose purpose);

  // Of the machine: values and texts of its definition live as long as it does.
  json::Arena& arena() { return machine_->arena_; }
  Purpose purpose() const { return purpose_; }
  // The query language of the state being compiled.
  const Language& language() const { return *languages_[static_cast<std::size_t>(state_language_)]; }
  // The name of the state being compiled, for errors.
  std::string_view state_name() const { return state_name_; }

  // Next, or the end of the block where there is none.
  Transition next(const json::Value& state);
  Transition transition_to(std::string_view name);
  // A branch or an item processor of the state being compiled.
  Result<std::unique_ptr<Block>> block(const json::Value& definition);

 private:
  Compiler(Machine& machine, Purpose purpose);

  // The transitions of one block, by the name of their target.
  using Cells = std::unordered_map<std::string_view, const State**>;

  Result<void> machine(const json::Value& definition);
  Result<std::unique_ptr<State>> state(std::string_view name, const json::Value& definition);
  Result<void> language_of(const json::Value& state);
  Result<void> resolve(const Block& block, const Cells& cells) const;
  void keep_variables(std::string_view state);

  Machine* machine_;
  Purpose purpose_;
  QueryLanguage machine_language_ = QueryLanguage::jsonpath;
  QueryLanguage state_language_ = QueryLanguage::jsonpath;
  VariableNames variables_;  // that the state being compiled reads
  std::array<std::unique_ptr<const Language>, 2> languages_;
  std::string_view state_name_;
  Cells* cells_ = nullptr;
  std::vector<Block*> children_;  // blocks of the state being compiled
  std::unordered_set<std::string_view> names_;
  bool error_is_located_ = false;
};

// What validation should have refused.
Error invalid_definition(std::string message);

}  // namespace stepwell::asl
