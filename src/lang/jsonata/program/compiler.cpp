#include "lang/jsonata/program/compiler.h"

#include "base/error.h"
#include "lang/json/arena.h"
#include "lang/jsonata/functions/builtin.h"
#include "lang/jsonata/syntax/parser.h"

#include <limits>

namespace stepwell::jsonata {

std::expected<std::unique_ptr<Program>, Error> compile_program(std::string_view text, Dialect dialect,
                                                               const Scope* outer, std::uint32_t first_global) {
  auto program = std::make_unique<Program>();
  program->text = text;
  program->dialect = dialect;
  program->first_global = first_global;
  json::Arena trees;
  TRY_ASSIGN(const Tree* const tree, Parser(trees, program->text).parse());
  TRY(Compiler(*program, outer).compile(*tree));
  return program;
}

Compiler::Compiler(Program& program, const Scope* outer)
    : program_(program),
      outer_(outer),
      memory_(program.arena, std::numeric_limits<std::size_t>::max()),
      scope_(outer) {}

std::expected<void, Error> Compiler::compile(const Tree& tree) {
  program_.scopes.push_back(std::make_unique<Scope>(scope_, &program_.frame));
  scope_ = program_.scopes.back().get();
  declare_bindings(*program_.scopes.back(), tree);
  Seeking seeking;
  TRY_ASSIGN(program_.root, node(tree, seeking));
  if (!seeking.empty()) return fail(Code::S0217, 0);
  return {};
}

Scope* Compiler::open_scope(bool has_frame) {
  FrameLayout* layout = nullptr;
  if (has_frame) {
    program_.layouts.push_back(std::make_unique<FrameLayout>());
    layout = program_.layouts.back().get();
  }
  program_.scopes.push_back(std::make_unique<Scope>(scope_, layout));
  return program_.scopes.back().get();
}

void Compiler::declare_bindings(Scope& scope, const Tree& tree) {
  if (tree.kind == TreeKind::block || tree.kind == TreeKind::lambda) return;
  // What $eval sets is set where it is called, if it is known there.
  const bool is_outside = scope.parent() == outer_ && outer_ != nullptr && outer_->find(tree.text) != nullptr;
  if (tree.kind == TreeKind::bind && !is_outside) scope.declare(tree.text);
  if (tree.left != nullptr) declare_bindings(scope, *tree.left);
  if (tree.right != nullptr) declare_bindings(scope, *tree.right);
  for (const Tree* item : tree.items) declare_bindings(scope, *item);
  for (const TreePair& pair : tree.pairs) {
    declare_bindings(scope, *pair.key);
    declare_bindings(scope, *pair.value);
  }
}

// What has been declared so far.
Variables Compiler::variables_of(const Scope& scope) {
  return {.frame = scope.frame(), .first = scope.first(), .count = scope.places()};
}

bool Compiler::declares(const Tree& tree) {
  if (tree.kind == TreeKind::block || tree.kind == TreeKind::lambda) return false;
  if (tree.kind == TreeKind::bind || (tree.left != nullptr && declares(*tree.left))) return true;
  if (tree.right != nullptr && declares(*tree.right)) return true;
  return std::ranges::any_of(tree.items, [](const Tree* item) { return declares(*item); }) ||
         std::ranges::any_of(tree.pairs,
                             [](const TreePair& pair) { return declares(*pair.key) || declares(*pair.value); });
}

void Compiler::refer(Reference::Kind kind, std::string_view name, std::uint32_t position) {
  const std::string_view member = kind == Reference::Kind::variable ? member_ : std::string_view();
  const auto is_known = [&](const Reference& reference) {
    return reference.kind == kind && reference.name == name && reference.member == member;
  };
  if (std::ranges::any_of(program_.references, is_known)) return;
  program_.references.push_back({kind, std::string(name), std::string(member), position});
}

Compiler::Result Compiler::node(const Tree& tree, Seeking& seeking) {
  switch (tree.kind) {
    case TreeKind::string: return constant(tree, Value::string(keep(tree.text)));
    case TreeKind::number: return constant(tree, Value::number(tree.number));
    case TreeKind::boolean: return constant(tree, Value::boolean(tree.number != 0));
    case TreeKind::null: return constant(tree, Value::null());
    case TreeKind::variable: return variable(tree);
    case TreeKind::regex: return regex(tree);
    case TreeKind::wildcard:
    case TreeKind::descendants: {
      const bool is_wildcard = tree.kind == TreeKind::wildcard;
      if (reads_input_) refer(Reference::Kind::field, is_wildcard ? "*" : "**", tree.position);
      return make<Node>(is_wildcard ? NodeKind::wildcard : NodeKind::descendants, tree);
    }
    case TreeKind::parent: return parent(tree, seeking);
    case TreeKind::negate: return negate(tree, seeking);
    case TreeKind::array: return array(tree, seeking);
    case TreeKind::object: return object(tree, seeking);
    case TreeKind::block: return block(tree, seeking);
    case TreeKind::range:
    case TreeKind::binary: return binary(tree, seeking);
    case TreeKind::bind: return bind(tree, seeking);
    case TreeKind::apply: return apply(tree);
    case TreeKind::condition: return condition(tree, seeking);
    case TreeKind::call:
    case TreeKind::partial: return call(tree, seeking);
    case TreeKind::lambda: return lambda(tree);
    case TreeKind::transform: return transform(tree);
    case TreeKind::name:
    case TreeKind::path:
    case TreeKind::order:
    case TreeKind::index: return path(tree, seeking);
    case TreeKind::focus: return is_path(tree) ? path(tree, seeking) : node(*tree.left, seeking);
    case TreeKind::predicate:
      // A parent in a predicate may be one that the filtered expression goes through.
      return is_path(tree) || tree.right->has_rows ? path(tree, seeking) : filter(tree, seeking);
    case TreeKind::group: return is_path(tree) ? path(tree, seeking) : filter(tree, seeking);
    case TreeKind::placeholder:
    case TreeKind::end: break;
  }
  return fail(Code::S0207, tree.position);
}

Compiler::Result Compiler::constant(const Tree& tree, const Value& value) {
  auto* const made = make<Constant>(NodeKind::constant, tree);
  made->value = value;
  return made;
}

Compiler::Result Compiler::variable(const Tree& tree) {
  if (tree.text.empty()) {
    if (reads_input_) refer(Reference::Kind::field, "$", tree.position);
    return make<Node>(NodeKind::context, tree);
  }
  if (tree.text == "$") {
    refer(Reference::Kind::field, "$$", tree.position);
    return make<Node>(NodeKind::root, tree);
  }
  Node* const made = lookup(tree.text, tree.position);
  made->keeps_array = tree.keep_array;
  return made;
}

// What the name means here, and what it means further out as long as that is not bound.
Node* Compiler::lookup(std::string_view name, std::uint32_t position) {
  Local* innermost = nullptr;
  Local* last = nullptr;
  for (const Scope* scope = scope_; scope != nullptr; scope = scope->parent()) {
    const std::uint32_t* const place = scope->find(name);
    if (place == nullptr) continue;
    auto* const made = program_.arena.make<Local>();
    made->kind = NodeKind::local;
    made->position = position;
    made->hops = scope_->hops_to(scope).value();
    made->slot = *place;
    if (last != nullptr) last->otherwise = made;
    if (innermost == nullptr) innermost = made;
    last = made;
  }
  if (innermost == nullptr) return global(name, position);
  last->otherwise = global(name, 0);
  return innermost;
}

// `position` 0: the name is bound in the expression too and no reference to the outside.
Node* Compiler::global(std::string_view name, std::uint32_t position) {
  const auto known = std::ranges::find(program_.globals, name, &GlobalName::name);
  auto number = static_cast<std::uint32_t>(known - program_.globals.begin());
  if (known == program_.globals.end()) {
    program_.globals.push_back({std::string(name), find_builtin(name, program_.dialect)});
  }
  if (position != 0 && program_.globals[number].builtin == nullptr) refer(Reference::Kind::variable, name, position);
  auto* const made = program_.arena.make<Global>();
  made->kind = NodeKind::global;
  made->position = position;
  made->number = program_.first_global + number;
  return made;
}

Compiler::Result Compiler::parent(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Local>(NodeKind::missing, tree);
  ancestors_.push_back({made, scope_});
  seeking.push_back(&ancestors_.back());
  return made;
}

Compiler::Result Compiler::regex(const Tree& tree) {
  auto pattern = Pattern::compile(tree.text, tree.flags);
  if (!pattern) return fail(Code::S0303, tree.position, {pattern.error()});
  program_.patterns.push_back(std::move(*pattern));
  auto* const made = make<Matcher>(NodeKind::matcher, tree);
  made->pattern = program_.patterns.back().get();
  return made;
}

Compiler::Result Compiler::negate(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Unary>(NodeKind::negate, tree);
  TRY_ASSIGN(made->operand, node(*tree.left, seeking));
  return fold(made);
}

namespace {

struct Operator {
  std::string_view token;
  NodeKind kind;
  Operation operation;
};
constexpr Operator kOperators[] = {
    {"+", NodeKind::arithmetic, Operation::add},
    {"-", NodeKind::arithmetic, Operation::subtract},
    {"*", NodeKind::arithmetic, Operation::multiply},
    {"/", NodeKind::arithmetic, Operation::divide},
    {"%", NodeKind::arithmetic, Operation::modulo},
    {"<", NodeKind::comparison, Operation::less},
    {"<=", NodeKind::comparison, Operation::less_equal},
    {">", NodeKind::comparison, Operation::greater},
    {">=", NodeKind::comparison, Operation::greater_equal},
    {"=", NodeKind::equality, Operation::equal},
    {"!=", NodeKind::equality, Operation::unequal},
    {"and", NodeKind::both, Operation::none},
    {"or", NodeKind::either, Operation::none},
    {"in", NodeKind::membership, Operation::none},
    {"&", NodeKind::concatenation, Operation::none},
    {"..", NodeKind::range, Operation::none},
};

}  // namespace

Compiler::Result Compiler::binary(const Tree& tree, Seeking& seeking) {
  const Operator& found = *std::ranges::find(kOperators, tree.text, &Operator::token);
  auto* const made = make<Binary>(found.kind, tree);
  made->operation = found.operation;
  made->token = found.token;
  TRY_ASSIGN(made->left, node(*tree.left, seeking));
  TRY_ASSIGN(made->right, node(*tree.right, seeking));
  return fold(made);
}

Compiler::Result Compiler::array(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Array>(NodeKind::array, tree);
  std::vector<Item> items;
  for (const Tree* item : tree.items) {
    TRY_ASSIGN(const Node* const compiled, node(*item, seeking));
    const Tree* inner = item;
    while (inner->kind == TreeKind::predicate || inner->kind == TreeKind::group) inner = inner->left;
    items.push_back({compiled, inner->kind == TreeKind::array});
  }
  made->items = keep(items);
  return fold(made);
}

Compiler::Result Compiler::object(const Tree& tree, Seeking& seeking) {
  auto* const made = make<ObjectConstructor>(NodeKind::object, tree);
  TRY_ASSIGN(made->group, group(tree, seeking, true));
  return fold(made);
}

Compiler::Result Compiler::block(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Block>(NodeKind::block, tree);
  const bool has_frame =
      tree.has_lambda && std::ranges::any_of(tree.items, [](const Tree* item) { return declares(*item); });
  Scope* const scope = open_scope(has_frame);
  const Scope* const outer = std::exchange(scope_, scope);
  // The frame of rows cannot be exchanged under another frame: paths inside have rows of their own.
  RowScope* const outer_rows = has_frame ? std::exchange(rows_, nullptr) : rows_;
  for (const Tree* expression : tree.items) declare_bindings(*scope, *expression);
  made->variables = variables_of(*scope);
  std::vector<const Node*> expressions;
  for (const Tree* expression : tree.items) {
    TRY_ASSIGN(const Node* const compiled, node(*expression, seeking));
    expressions.push_back(compiled);
  }
  made->expressions = keep(expressions);
  scope_ = outer;
  rows_ = outer_rows;
  return made;
}

Compiler::Result Compiler::condition(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Condition>(NodeKind::condition, tree);
  TRY_ASSIGN(made->condition, node(*tree.items[0], seeking));
  TRY_ASSIGN(made->then, node(*tree.items[1], seeking));
  made->otherwise = nullptr;
  if (tree.items.size() > 2) {
    TRY_ASSIGN(made->otherwise, node(*tree.items[2], seeking));
  }
  return made;
}

Compiler::Result Compiler::bind(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Bind>(NodeKind::bind, tree);
  const Scope* scope = scope_;
  while (scope->find(tree.text) == nullptr) scope = scope->parent();
  made->hops = scope_->hops_to(scope).value();
  made->slot = *scope->find(tree.text);
  TRY_ASSIGN(made->value, node(*tree.right, seeking));
  return made;
}

Compiler::Result Compiler::call(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Call>(tree.kind == TreeKind::call ? NodeKind::call : NodeKind::partial, tree);
  const Tree& procedure = *tree.left;
  Seeking unanswered;  // what is called has no parents
  TRY_ASSIGN(made->procedure, node(procedure, unanswered));
  if (procedure.kind == TreeKind::variable) {
    made->name = keep(procedure.text);
    if (procedure.text == "eval") made->scope = scope_;
  } else if (procedure.kind == TreeKind::name) {
    made->name = keep(procedure.text);
    made->meant = lookup(procedure.text, 0);
  } else if (procedure.kind == TreeKind::call) {
    made->name = "(";
  }
  std::vector<const Node*> arguments;
  for (const Tree* argument : tree.items) {
    if (argument->kind == TreeKind::placeholder) {
      arguments.push_back(nullptr);
      continue;
    }
    TRY_ASSIGN(const Node* const compiled, node(*argument, seeking));
    arguments.push_back(compiled);
  }
  made->arguments = keep(arguments);
  return made;
}

Compiler::Result Compiler::lambda(const Tree& tree) {
  auto* const made = make<Lambda>(NodeKind::lambda, tree);
  made->keeps_array = false;
  if (!tree.text.empty()) {
    program_.signatures.push_back(std::make_unique<Signature>(Signature::parse(tree.text).value()));
    made->signature = program_.signatures.back().get();
  }
  Scope* const scope = open_scope(true);
  const FrameLayout& layout = *program_.layouts.back();
  const Scope* const outer = std::exchange(scope_, scope);
  RowScope* const outer_rows = std::exchange(rows_, nullptr);
  for (const Tree* parameter : tree.items) scope->declare_again(parameter->text);
  made->parameters = static_cast<std::uint32_t>(tree.items.size());
  declare_bindings(*scope, *tree.left);
  Seeking unanswered;  // a function's body has no parents
  TRY_ASSIGN(Node* const body, node(*tree.left, unanswered));
  mark_tail(body);
  made->body = body;
  made->slots = layout.slots;
  made->is_captured = tree.left->has_lambda;
  scope_ = outer;
  rows_ = outer_rows;
  return made;
}

// A call whose value is the value of the function: it is made when the function has returned.
void Compiler::mark_tail(Node* node) {
  switch (node->kind) {
    case NodeKind::call:
      node->is_tail = true;
      // What [] asks for is asked of the call's value, which is not known here any more.
      node->keeps_array = false;
      break;
    case NodeKind::condition: {
      const auto& condition = static_cast<const Condition&>(*node);
      node->is_tail = true;
      mark_tail(const_cast<Node*>(condition.then));
      if (condition.otherwise != nullptr) mark_tail(const_cast<Node*>(condition.otherwise));
      break;
    }
    case NodeKind::block: {
      const auto& block = static_cast<const Block&>(*node);
      node->is_tail = true;
      if (!block.expressions.empty()) mark_tail(const_cast<Node*>(block.expressions.back()));
      break;
    }
    default: break;
  }
}

// Whether [] follows the expression, or what it begins with.
bool Compiler::keeps_array(const Tree& tree) {
  if (tree.keep_array) return true;
  switch (tree.kind) {
    case TreeKind::path: return is_path(*tree.items[0]) && keeps_array(*tree.items[0]);
    case TreeKind::predicate:
    case TreeKind::group:
    case TreeKind::order:
    case TreeKind::focus:
    case TreeKind::index: return keeps_array(*tree.left);
    case TreeKind::apply: return keeps_array(*tree.left) || keeps_array(*tree.right);
    default: return false;
  }
}

Compiler::Result Compiler::apply(const Tree& tree) {
  auto* const made = make<Apply>(NodeKind::apply, tree);
  made->keeps_array = keeps_array(tree);
  Seeking unanswered;
  TRY_ASSIGN(made->left, node(*tree.left, unanswered));
  TRY_ASSIGN(made->right, node(*tree.right, unanswered));
  return made;
}

Compiler::Result Compiler::transform(const Tree& tree) {
  auto* const made = make<Transform>(NodeKind::transform, tree);
  made->keeps_array = false;
  const bool reads_input = std::exchange(reads_input_, false);
  Seeking unanswered;
  TRY_ASSIGN(made->pattern, node(*tree.items[0], unanswered));
  TRY_ASSIGN(made->update, node(*tree.items[1], unanswered));
  made->removed = nullptr;
  if (tree.items.size() > 2) {
    TRY_ASSIGN(made->removed, node(*tree.items[2], unanswered));
  }
  made->clone = lookup("clone", 0);
  reads_input_ = reads_input;
  return made;
}

}  // namespace stepwell::jsonata
