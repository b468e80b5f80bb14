#pragma once
// Definitions with inputs and workers, by seed. Every definition is valid and ends. What is generated carries a sample
// of the data along, so that its paths lead somewhere mostly and nowhere now and then.
//
// Files: generator.cpp (blocks and transitions), generate_states.cpp (the types), generate_errors.cpp (what goes
// wrong), generate_jsonpath.cpp and generate_jsonata.cpp (fields and expressions).

#include "case.h"
#include "dice.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::differential {

class Generator {
 public:
  explicit Generator(std::uint64_t seed) : dice_(seed) {}
  Case make();

 private:
  // A text of an expression, and what it may give.
  struct Sampled {
    std::string text;
    Node sample;
  };
  struct Variable {
    std::string name;
    Node sample;
  };
  struct Scope {
    Scope* parent = nullptr;
    std::size_t number = 0;
    std::size_t depth = 0;
    std::vector<Variable> variables = {};
    const Node* item = nullptr;  // of the innermost iteration
  };
  // The state that is being made.
  struct Place {
    Scope& scope;
    const Node& data;  // a sample of its input behind InputPath
    const Node& raw;   // and before it
    std::string name = {};
    bool jsonata = false;
    bool retries = false;          // its context has a RetryCount
    const Node* result = nullptr;  // on the way out
    bool in_catch = false;
  };
  // The block that is being made.
  struct Draft {
    Node states = Node::object();
    std::vector<std::string> later;                   // main states behind the one that is being made
    std::vector<std::pair<std::string, Node>> aside;  // reached from a rule or a catcher only
  };

  // generator.cpp
  Node block(Scope& scope, Node& data, std::size_t most_states);
  std::string target(Draft& draft, Scope& scope, const Node& data);
  std::string new_name(std::string_view type);
  void remember(Scope& scope, const std::string& name, Node sample);
  std::vector<Variable> in_reach(const Scope& scope) const;
  // What a rule or a catcher assigns is not there for those that come another way: forgets it, mostly.
  void forget_since(Scope& scope, std::vector<Variable> before);

  // generate_states.cpp: each fills `state` and changes `data` to a sample of the output.
  void fill(Node& state, Draft& draft, Scope& scope, Node& data, bool last);
  void fill_pass(Node& state, Place& place, Node& data);
  void fill_task(Node& state, Place& place, Draft& draft, Node& data);
  void fill_choice(Node& state, Place& place, Draft& draft, Node& data);
  void fill_wait(Node& state, Place& place, Node& data);
  void fill_fail(Node& state, Place& place);
  void fill_parallel(Node& state, Place& place, Draft& draft, Node& data);
  void fill_map(Node& state, Place& place, Draft& draft, Node& data);
  void add_exit(Node& fields, Place& place, Node& data, bool whole_state);
  void add_assign(Node& fields, Place& place);
  void add_number(Node& state, Place& place, std::string_view field, std::int64_t value);
  Node value(std::size_t depth = 0);
  Node like(const Node& model);
  static void put(Node& data, std::string_view path, const Node& result);

  // generate_errors.cpp
  Node script(Node& sample, std::string& error);
  void add_errors(Node& state, Place& place, Draft& draft, const std::string& likely = "");
  Node error_names(bool& all, const std::string& likely);

  // generate_jsonpath.cpp
  Sampled expression(Place& place, Node::Kind wanted, std::size_t depth = 0);
  static Sampled constant(Node::Kind wanted);
  Sampled any_expression(Place& place);
  Sampled intrinsic(Place& place, Node::Kind wanted, std::size_t depth);
  std::string argument(Place& place, Node::Kind wanted, std::size_t depth);
  enum class Reach : std::uint8_t { data, context };
  std::string path(Place& place, Node::Kind wanted, Node* sample, Reach reach = Reach::context);
  Sampled of_context(const Place& place, std::optional<Node::Kind> wanted);
  std::optional<Sampled> of_variable(const Place& place, std::optional<Node::Kind> wanted);
  Node payload(Place& place, Node& sample);
  Node condition(Place& place, std::size_t depth);

  // generate_jsonata.cpp
  Sampled query(Place& place, Node::Kind wanted, std::size_t depth = 0);
  Node query_payload(Place& place, Node& sample);
  std::string query_condition(Place& place);

  Dice dice_;
  std::size_t names_ = 0;
  std::size_t scopes_ = 0;
  bool all_jsonata_ = false;
  Node input_;
  Node worker_ = Node::object();
};

}  // namespace stepwell::differential
