#pragma once
// From the tree that was written to the nodes that are evaluated.
//
// A parent (%) is found where the expression is written: it names the context in which an earlier step of a path around
// it was evaluated. Each use is an Ancestor that looks for its step from the inside out. The step found keeps that
// context in a column of the path's rows, and the use reads it as a variable.

#include "lang/jsonata/failure.h"
#include "lang/jsonata/program/program.h"
#include "lang/jsonata/syntax/tree.h"
#include "lang/jsonata/value/memory.h"

#include <deque>
#include <expected>
#include <map>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

class Compiler {
 public:
  Compiler(Program& program, const Scope* outer);
  std::expected<void, Error> compile(const Tree& tree);

 private:
  using Result = std::expected<Node*, Error>;
  using Done = std::expected<void, Error>;

  // A use of %, and how many steps up it still has to go.
  struct Ancestor {
    Local* use;
    const Scope* scope;  // where the use stands
    int level = 1;
  };
  using Seeking = std::vector<Ancestor*>;

  // The columns of the outermost path that has rows, and of the paths inside.
  struct RowScope {
    Scope* scope;
    Variables variables;
    std::vector<std::uint32_t> unused;  // those that are kept for ancestors
  };

  // A path while its steps are gathered.
  struct Draft {
    std::vector<Step> steps;
    std::vector<std::vector<Stage>> stages;  // of each step
    const Group* group = nullptr;
    bool is_dotted = false;
    bool is_absolute = false;
    bool keeps_singleton = false;
    bool keeps_array = false;
    Seeking seeking;  // what the path itself does not answer
  };

  // Ancestors that the expression does not answer are added to `seeking`.
  Result node(const Tree& tree, Seeking& seeking);
  Result constant(const Tree& tree, const Value& value);
  Result variable(const Tree& tree);
  Node* lookup(std::string_view name, std::uint32_t position);
  Node* global(std::string_view name, std::uint32_t position);
  Result parent(const Tree& tree, Seeking& seeking);
  Result regex(const Tree& tree);
  Result negate(const Tree& tree, Seeking& seeking);
  Result binary(const Tree& tree, Seeking& seeking);
  Result array(const Tree& tree, Seeking& seeking);
  Result object(const Tree& tree, Seeking& seeking);
  Result block(const Tree& tree, Seeking& seeking);
  Result condition(const Tree& tree, Seeking& seeking);
  Result bind(const Tree& tree, Seeking& seeking);
  Result call(const Tree& tree, Seeking& seeking);
  Result lambda(const Tree& tree);
  Result apply(const Tree& tree);
  Result transform(const Tree& tree);

  // Paths: compile_path.cpp.
  Result path(const Tree& tree, Seeking& seeking);
  Result path_in_scope(const Tree& tree, Seeking& seeking);
  Result filter(const Tree& tree, Seeking& seeking);
  Done append(Draft& draft, const Tree& tree, bool as_stages);
  Node* name_step(const Tree& tree, bool is_first);
  Done append_node(Draft& draft, const Tree& tree);
  Done check_step(const Tree& tree);
  Done append_predicate(Draft& draft, const Tree& tree);
  Done append_order(Draft& draft, const Tree& tree);
  Done append_group(Draft& draft, const Tree& tree);
  Done append_focus(Draft& draft, const Tree& tree);
  Done append_index(Draft& draft, const Tree& tree);
  Step& push_step(Draft& draft, const Node* node);
  Node* finish_path(Draft& draft, const Tree& tree);
  std::expected<Group, Error> group(const Tree& tree, Seeking& seeking, bool inherits_context);
  std::expected<Stage, Error> stage(const Tree& tree, Seeking& seeking);

  // Parents: compile_parents.cpp.
  Done resolve(Draft& draft, const Seeking& seeking, std::size_t before);
  Done seek(Step& step, Ancestor& ancestor);
  Done seek_inside(const Node& node, Ancestor& ancestor);
  void found(Step& step, Ancestor& ancestor);

  // Constants: fold.cpp. The node itself where nothing can be folded.
  Node* fold(Node* node);
  Node* fold_arithmetic(Binary* node);
  Node* fold_concatenation(Binary* node);
  Node* fold_array(Array* node);
  Node* fold_object(ObjectConstructor* node);
  Node* folded(const Node& node, const Value& value, std::uint32_t height);

  // Declares what is set directly in `tree`, not in blocks and functions inside.
  void declare_bindings(Scope& scope, const Tree& tree);
  void declare_columns(Scope& scope, const Tree& tree);
  static bool declares(const Tree& tree);
  Scope* open_scope(bool has_frame);
  void refer(Reference::Kind kind, std::string_view name, std::uint32_t position);
  static Variables variables_of(const Scope& scope);
  static void mark_tail(Node* node);
  static bool is_path(const Tree& tree);
  static bool keeps_array(const Tree& tree);

  template <typename T>
  T* make(NodeKind kind, const Tree& tree) {
    T* const made = program_.arena.make<T>();
    made->kind = kind;
    made->position = tree.position;
    made->keeps_array = tree.keep_array;
    return made;
  }
  template <typename T>
  std::span<T> keep(const std::vector<T>& items) {
    const std::span<T> kept = program_.arena.make_array<T>(items.size());
    std::ranges::copy(items, kept.begin());
    return kept;
  }
  std::string_view keep(std::string_view text) { return program_.arena.copy(text); }
  std::unexpected<Error> fail(Code code, std::size_t position, std::initializer_list<std::string_view> arguments = {}) {
    return std::unexpected(make_error(code, position, arguments));
  }

  Program& program_;
  const Scope* outer_;  // around the program, for $eval
  Memory memory_;
  const Scope* scope_;
  RowScope* rows_ = nullptr;  // of the outermost path around that has rows
  std::map<const Path*, const RowScope*> row_scopes_;
  std::string_view member_;  // the name that follows in the path
  bool reads_input_ = true;  // the context here is the input of the whole expression
  std::deque<Ancestor> ancestors_;
};

}  // namespace stepwell::jsonata
