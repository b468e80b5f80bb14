#pragma once
// A state machine, compiled from its definition: what the engine walks. Immutable and shared by all executions of one
// revision, on any thread; paths, templates and expressions are compiled once, here.

#include "base/error.h"
#include "lang/asl/activation.h"
#include "lang/asl/step.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::asl {

enum class QueryLanguage : std::uint8_t { jsonpath, jsonata };

// The eight state types, from states/states.def.
enum class StateType : std::uint8_t {
#define STATE(name, member) name,
#include "lang/asl/states/states.def"
#undef STATE
};

// What a machine is compiled for.
enum class Purpose : std::uint8_t {
  execution,
  test,  // of one state, whose work may be mocked: states that cannot be executed yet are compiled, too
};

class Block;

// One state. Subclasses are private to their file in states/.
class State {
 public:
  virtual ~State() = default;

  StateType type() const { return type_; }
  const std::string& name() const { return name_; }
  std::uint32_t index() const { return index_; }  // in the whole machine, by order of the definition
  const Block& block() const { return *block_; }  // the block the state stands in
  QueryLanguage language() const { return language_; }

  // Both are pure: the same activation gives the same step. A failure is offered to `recover`.
  virtual Evaluated<Step> enter(Activation& activation) const = 0;
  virtual Evaluated<Step> resume(Activation& activation, const Answer& answer) const;

  // Retry and Catch for a failure in this state: `retries[i]` tells how often retrier i has been used in this visit.
  // A failure of the recovery itself (a bad ResultPath in a catcher, say) is the state's new failure.
  virtual Evaluated<Recovery> recover(Activation& activation, const Failure& failure,
                                      std::span<const std::uint32_t> retries) const;
  virtual std::size_t retriers() const { return 0; }

  // What a Task calls; nullptr for the other types.
  virtual const Resource* resource() const { return nullptr; }

  // States that fork (Parallel, Map).
  virtual const Block* child_block(std::uint32_t index) const;
  virtual Evaluated<json::Value> child_input(Activation& activation, std::uint32_t index) const;
  // The element that a Map's iteration works on: $$.Map.Item.Value inside it. `activation` is the Map's own.
  virtual Evaluated<json::Value> child_item(Activation& activation, std::uint32_t index) const;

 private:
  friend class Compiler;
  StateType type_{};
  QueryLanguage language_ = QueryLanguage::jsonpath;
  std::uint32_t index_ = 0;
  std::string name_;
  const Block* block_ = nullptr;
};

// States that may transit to each other: the top level, a branch, an item processor.
class Block {
 public:
  const State& start() const { return *start_; }
  const State* find(std::string_view name) const;
  const State* owner() const { return owner_; }  // the Parallel or Map it belongs to; nullptr at the top
  const std::vector<std::unique_ptr<State>>& states() const { return states_; }

 private:
  friend class Compiler;
  const State* owner_ = nullptr;
  const State* start_ = nullptr;
  std::vector<std::unique_ptr<State>> states_;
};

class Machine {
 public:
  // `definition` must have passed `validate` without an error; Error "InvalidDefinition" tells otherwise.
  static Result<std::shared_ptr<const Machine>> compile(std::string_view definition,
                                                        Purpose purpose = Purpose::execution);
  ~Machine();

  const Block& top() const { return *top_; }
  const State& state(std::uint32_t index) const { return *by_index_[index]; }
  std::size_t states() const { return by_index_.size(); }
  std::optional<std::int64_t> timeout_seconds() const { return timeout_seconds_; }
  const std::string& definition() const { return *definition_; }  // as given

  // By the name of the state: the variables that its own fields read, sorted. States that read none are left out.
  using VariableReferences = std::map<std::string, std::vector<std::string>, std::less<>>;
  const VariableReferences& variable_references() const { return variable_references_; }

 private:
  friend class Compiler;
  Machine();
  std::unique_ptr<std::string> definition_;
  json::Arena arena_;  // what compiled states refer to
  std::unique_ptr<Block> top_;
  std::vector<const State*> by_index_;
  std::optional<std::int64_t> timeout_seconds_;
  VariableReferences variable_references_;
};

}  // namespace stepwell::asl
