#pragma once
// A definition as rules see it: its blocks (the machine, branches, item processors) and its states, in the order in
// which they stand in the text. Whatever is not of the right form to be one is left out; a rule reports it.

#include "lang/asl/machine.h"
#include "lang/asl/states/state_kind.h"
#include "lang/asl/validation/place.h"
#include "lang/asl/validation/validate.h"
#include "lang/json/value.h"

#include <cstddef>
#include <deque>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace stepwell::asl::validation {

struct StateNode;

struct BlockNode {
  enum class Kind : std::uint8_t { machine, branch, processor };

  Kind kind = Kind::machine;
  json::Value definition;  // an object
  Place place;
  std::size_t depth = 0;             // blocks around it
  const StateNode* owner = nullptr;  // the state it belongs to; nullptr at the top
  std::vector<const StateNode*> states;
  std::unordered_map<std::string_view, const StateNode*> by_name;

  const StateNode* find(std::string_view name) const;
};

struct StateNode {
  std::string_view name;
  json::Value definition;  // an object
  Place place;
  const BlockNode* block = nullptr;
  const StateKind* kind = nullptr;  // nullptr: the type is not one of the language's
  QueryLanguage language = QueryLanguage::jsonpath;
  bool downgraded = false;  // asks for JSONPath in a machine of JSONata

  bool is(const StateKind& one) const { return kind == &one; }
  const json::Value* find(std::string_view field) const { return definition.find(field); }
  // Whether its type takes the field, in one query language or both.
  bool takes(std::string_view field) const;
};

class Document {
 public:
  // Blocks that stand deeper than this are not looked into.
  static constexpr std::size_t max_depth = 50;

  // `definition` must be an object and outlive this.
  Document(const json::Value& definition, MachineType type);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  using Node = std::variant<const BlockNode*, const StateNode*>;
  const std::vector<Node>& nodes() const { return nodes_; }
  const std::deque<BlockNode>& blocks() const { return blocks_; }
  const std::deque<StateNode>& states() const { return states_; }
  const BlockNode& top() const { return blocks_.front(); }
  MachineType type() const { return type_; }

 private:
  void add_block(BlockNode::Kind kind, const json::Value& definition, const Place& place, const StateNode* owner);
  void add_state(BlockNode& block, std::string_view name, const json::Value& definition, const Place& place);

  MachineType type_;
  QueryLanguage language_;
  std::deque<BlockNode> blocks_;
  std::deque<StateNode> states_;
  std::vector<Node> nodes_;
};

// Every place that names the state to go to, in the order of the text.
struct Target {
  std::string_view name;
  Place place;
};
std::vector<Target> targets_of(const StateNode& state);

}  // namespace stepwell::asl::validation
