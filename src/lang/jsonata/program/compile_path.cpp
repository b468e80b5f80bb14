// Paths and what belongs to them: predicates, order, groups, variables bound to steps.
#include "base/error.h"
#include "lang/jsonata/program/compiler.h"

namespace stepwell::jsonata {
namespace {

const Tree& without_predicates(const Tree& tree) {
  const Tree* inner = &tree;
  while (inner->kind == TreeKind::predicate || inner->kind == TreeKind::group || inner->kind == TreeKind::focus ||
         inner->kind == TreeKind::index) {
    inner = inner->left;
  }
  return *inner;
}

bool is_literal(const Tree& tree) {
  const Tree& inner = without_predicates(tree);
  const Tree& positive = inner.kind == TreeKind::negate ? *inner.left : inner;
  return positive.kind == TreeKind::number || inner.kind == TreeKind::boolean || inner.kind == TreeKind::null;
}

// What is filtered binds a variable, or a predicate asks for a parent, which may be one that the filtered expression
// goes through: then predicates are stages of a step, otherwise they belong to the expression.
bool needs_rows(const Tree& tree) {
  for (const Tree* inner = &tree;; inner = inner->left) {
    switch (inner->kind) {
      case TreeKind::focus:
      case TreeKind::index: return true;
      case TreeKind::predicate:
        if (inner->right->has_rows) return true;
        break;
      case TreeKind::group: break;
      default: return false;
    }
  }
}

// A block is taken for an array constructor where one of its expressions is a path that begins with one.
bool begins_with_array(const Tree& tree) {
  const Tree& inner = without_predicates(tree);
  switch (inner.kind) {
    case TreeKind::order: return begins_with_array(*inner.left);
    case TreeKind::block:
      return std::ranges::any_of(inner.items, [](const Tree* item) { return begins_with_array(*item); });
    case TreeKind::path:
      return without_predicates(*inner.items[0]).kind == TreeKind::array || begins_with_array(*inner.items[0]);
    default: return false;
  }
}

// In a path with dots, a string is a name.
bool is_named(const Tree& tree, bool is_dotted) {
  const TreeKind kind = without_predicates(tree).kind;
  return kind == TreeKind::name || (kind == TreeKind::string && is_dotted);
}

std::string shown_literal(const Tree& tree) {
  const Tree& inner = without_predicates(tree);
  if (inner.kind == TreeKind::negate) return "-" + shown_literal(*inner.left);
  if (inner.kind == TreeKind::boolean) return inner.number != 0 ? "true" : "false";
  if (inner.kind == TreeKind::null) return "null";
  json::Arena arena;
  return std::string(json::Value::real(arena, inner.number).lexeme());
}

// Whether a predicate sees the same whatever item it is asked about.
bool is_free_of_context(const Node& node) {
  switch (node.kind) {
    case NodeKind::constant:
    case NodeKind::local:
    case NodeKind::global: return true;
    case NodeKind::negate: return is_free_of_context(*static_cast<const Unary&>(node).operand);
    case NodeKind::range:
    case NodeKind::arithmetic: {
      const auto& binary = static_cast<const Binary&>(node);
      return is_free_of_context(*binary.left) && is_free_of_context(*binary.right);
    }
    case NodeKind::array:
      return std::ranges::all_of(static_cast<const Array&>(node).items,
                                 [](const Item& item) { return is_free_of_context(*item.node); });
    default: return false;
  }
}

bool is_plain(const Path& path) {
  if (path.group != nullptr || path.keeps_singleton || path.keeps_array) return false;
  const auto is_bare = [&](const Step& step) {
    const NodeKind kind = step.node->kind;
    const bool is_variable = kind == NodeKind::local || kind == NodeKind::global || kind == NodeKind::context;
    return step.stages.empty() && (kind == NodeKind::name || (is_variable && &step == &path.steps[0]));
  };
  return std::ranges::all_of(path.steps, is_bare);
}

void mark_constructed(Node* node) {
  if (node->kind == NodeKind::filter) node = const_cast<Node*>(static_cast<Filter*>(node)->source);
  if (node->kind == NodeKind::array) static_cast<Array*>(node)->is_constructed = true;
  if (node->kind == NodeKind::constant) {
    Value& value = static_cast<Constant*>(node)->value;
    value = value.as_constructed();
  }
}

}  // namespace

bool Compiler::is_path(const Tree& tree) {
  switch (tree.kind) {
    case TreeKind::name:
    case TreeKind::path:
    case TreeKind::order:
    case TreeKind::index: return true;
    case TreeKind::focus:
    case TreeKind::predicate:
    case TreeKind::group: return is_path(*tree.left);
    default: return false;
  }
}

void Compiler::declare_columns(Scope& scope, const Tree& tree) {
  if (!tree.has_rows || tree.kind == TreeKind::lambda) return;
  if (tree.kind == TreeKind::focus || tree.kind == TreeKind::index) scope.declare(tree.text);
  if (tree.left != nullptr) declare_columns(scope, *tree.left);
  if (tree.right != nullptr) declare_columns(scope, *tree.right);
  for (const Tree* item : tree.items) declare_columns(scope, *item);
  for (const TreePair& pair : tree.pairs) {
    declare_columns(scope, *pair.key);
    declare_columns(scope, *pair.value);
  }
}

namespace {

std::size_t count_parents(const Tree& tree) {
  if (!tree.has_rows || tree.kind == TreeKind::lambda) return 0;
  std::size_t count = tree.kind == TreeKind::parent ? 1 : 0;
  if (tree.left != nullptr) count += count_parents(*tree.left);
  if (tree.right != nullptr) count += count_parents(*tree.right);
  for (const Tree* item : tree.items) count += count_parents(*item);
  for (const TreePair& pair : tree.pairs) count += count_parents(*pair.key) + count_parents(*pair.value);
  return count;
}

}  // namespace

// The outermost path with rows has all columns that are needed inside.
Compiler::Result Compiler::path(const Tree& tree, Seeking& seeking) {
  if (!tree.has_rows || rows_ != nullptr) return path_in_scope(tree, seeking);
  RowScope rows{.scope = open_scope(tree.has_lambda), .variables = {}, .unused = {}};
  declare_columns(*rows.scope, tree);
  for (std::size_t i = count_parents(tree); i > 0; --i) rows.unused.push_back(rows.scope->reserve());
  rows.variables = variables_of(*rows.scope);
  const Scope* const outer = std::exchange(scope_, rows.scope);
  rows_ = &rows;
  auto made = path_in_scope(tree, seeking);
  if (made) static_cast<Path*>(*made)->opens_rows = true;
  rows_ = nullptr;
  scope_ = outer;
  return made;
}

Compiler::Result Compiler::path_in_scope(const Tree& tree, Seeking& seeking) {
  Draft draft;
  TRY(append(draft, tree, false));
  seeking.insert(seeking.end(), draft.seeking.begin(), draft.seeking.end());
  return finish_path(draft, tree);
}

Node* Compiler::finish_path(Draft& draft, const Tree& tree) {
  for (std::size_t i = 0; i < draft.steps.size(); ++i) draft.steps[i].stages = keep(draft.stages[i]);
  auto* const made = make<Path>(NodeKind::path, tree);
  made->steps = keep(draft.steps);
  made->group = draft.group;
  made->is_absolute = draft.is_absolute;
  made->keeps_singleton = draft.keeps_singleton;
  made->keeps_array = draft.keeps_array;
  made->is_plain = is_plain(*made);
  if (rows_ != nullptr) made->variables = rows_->variables;
  row_scopes_[made] = rows_;
  return made;
}

Compiler::Done Compiler::check_step(const Tree& tree) {
  if (!is_literal(tree)) return {};
  return fail(Code::S0213, without_predicates(tree).position, {shown_literal(tree)});
}

// Takes up the steps of `tree`. `as_stages`: what filters a step that is no path is a stage of it.
Compiler::Done Compiler::append(Draft& draft, const Tree& tree, bool as_stages) {
  const bool is_first = draft.steps.empty();
  switch (tree.kind) {
    case TreeKind::path:
      draft.is_dotted = true;
      if (tree.items[0]->kind == TreeKind::variable && is_named(*tree.items[1], true)) {
        member_ = without_predicates(*tree.items[1]).text;
      }
      for (std::size_t i = 0; i < tree.items.size(); ++i) {
        TRY(append(draft, *tree.items[i], false));
        member_ = {};
        if (i == 0) continue;
        // What is wrong inside of the first two steps comes before what they are.
        if (i == 1) TRY(check_step(*tree.items[0]));
        TRY(check_step(*tree.items[i]));
      }
      return {};
    case TreeKind::predicate:
      if (is_path(tree) || as_stages || !is_first || needs_rows(tree)) return append_predicate(draft, tree);
      return append_node(draft, tree);
    case TreeKind::group:
      if (is_path(tree) || !is_first) return append_group(draft, tree);
      return append_node(draft, tree);
    case TreeKind::order: return append_order(draft, tree);
    case TreeKind::focus: return append_focus(draft, tree);
    case TreeKind::index: return append_index(draft, tree);
    default: return append_node(draft, tree);
  }
}

Step& Compiler::push_step(Draft& draft, const Node* node) {
  draft.steps.push_back({.node = node});
  draft.stages.emplace_back();
  return draft.steps.back();
}

Node* Compiler::name_step(const Tree& tree, bool is_first) {
  auto* const made = make<Name>(NodeKind::name, tree);
  made->name = keep(tree.text);
  if (is_first && reads_input_) refer(Reference::Kind::field, tree.text, tree.position);
  return made;
}

Compiler::Done Compiler::append_node(Draft& draft, const Tree& tree) {
  const bool is_first = draft.steps.empty();
  const Tree& inner = without_predicates(tree);
  if (is_first) draft.is_absolute = inner.kind == TreeKind::variable;
  draft.keeps_singleton |= inner.keep_array;
  if (&inner == &tree && is_named(tree, draft.is_dotted)) {
    push_step(draft, name_step(tree, is_first));
    return {};
  }
  const bool reads_input = std::exchange(reads_input_, reads_input_ && is_first);
  Seeking seeking;
  TRY_ASSIGN(Node* const made, node(tree, seeking));
  reads_input_ = reads_input;
  if (made->kind == NodeKind::filter && is_named(inner, draft.is_dotted)) {
    static_cast<Filter*>(made)->source = name_step(inner, is_first);
  }
  Step& step = push_step(draft, made);
  if (inner.kind == TreeKind::array && draft.is_dotted) {
    mark_constructed(made);
    step.is_constructor = is_first;
  }
  if (inner.kind == TreeKind::block && draft.is_dotted && is_first) step.is_constructor = begins_with_array(inner);
  return resolve(draft, seeking, draft.steps.size() - 1);
}

Compiler::Done Compiler::append_predicate(Draft& draft, const Tree& tree) {
  TRY(append(draft, *tree.left, true));
  const Tree* inner = tree.left;
  while (inner->kind == TreeKind::predicate) inner = inner->left;
  if (inner->kind == TreeKind::group && !is_path(*inner)) return fail(Code::S0209, tree.position);
  Seeking seeking;
  TRY_ASSIGN(const Stage made, stage(tree, seeking));
  draft.stages.back().push_back(made);
  // One level up from inside a predicate is the step that it belongs to.
  Seeking further;
  for (Ancestor* const ancestor : seeking) {
    if (ancestor->level == 1) {
      TRY(seek(draft.steps.back(), *ancestor));
    } else {
      --ancestor->level;
      further.push_back(ancestor);
    }
  }
  return resolve(draft, further, draft.steps.size() - 1);
}

std::expected<Stage, Error> Compiler::stage(const Tree& tree, Seeking& seeking) {
  const bool reads_input = std::exchange(reads_input_, false);
  Stage made{};
  TRY_ASSIGN(made.filter, node(*tree.right, seeking));
  made.is_free = is_free_of_context(*made.filter);
  reads_input_ = reads_input;
  return made;
}

Compiler::Done Compiler::append_order(Draft& draft, const Tree& tree) {
  TRY(append(draft, *tree.left, false));
  draft.keeps_array |= tree.keep_array;
  auto* const made = make<Sort>(NodeKind::sort, tree);
  const bool reads_input = std::exchange(reads_input_, false);
  Seeking seeking;
  std::vector<Sort::Term> terms;
  for (std::size_t i = 0; i < tree.items.size(); ++i) {
    TRY_ASSIGN(const Node* const term, node(*tree.items[i], seeking));
    terms.push_back({term, tree.descending[i]});
  }
  reads_input_ = reads_input;
  made->terms = keep(terms);
  push_step(draft, made);
  return resolve(draft, seeking, draft.steps.size() - 1);
}

Compiler::Done Compiler::append_group(Draft& draft, const Tree& tree) {
  TRY(append(draft, *tree.left, false));
  if (draft.group != nullptr) return fail(Code::S0210, tree.position);
  Seeking unanswered;  // groups have no parents
  TRY_ASSIGN(const Group made, group(tree, unanswered, false));
  auto* const kept = program_.arena.make<Group>();
  *kept = made;
  draft.group = kept;
  return {};
}

Compiler::Done Compiler::append_focus(Draft& draft, const Tree& tree) {
  TRY(append(draft, *tree.left, false));
  Step& step = draft.steps.back();
  if (!draft.stages.back().empty() || step.node->kind == NodeKind::filter) return fail(Code::S0215, tree.position);
  if (step.node->kind == NodeKind::sort) return fail(Code::S0216, tree.position);
  draft.keeps_singleton |= tree.keep_array;
  draft.keeps_array |= tree.keep_array;
  step.focus = *rows_->scope->find(tree.text) - rows_->variables.first;
  step.begins_rows = true;
  return {};
}

Compiler::Done Compiler::append_index(Draft& draft, const Tree& tree) {
  TRY(append(draft, *tree.left, true));
  Step& step = draft.steps.back();
  draft.keeps_array |= tree.keep_array;
  const std::uint32_t column = *rows_->scope->find(tree.text) - rows_->variables.first;
  if (draft.stages.back().empty()) {
    step.index = column;
  } else {
    draft.stages.back().push_back({.filter = nullptr, .column = column});
  }
  step.begins_rows = true;
  return {};
}

// The pairs of a constructor see what is around it, those of a grouping see what is grouped.
std::expected<Group, Error> Compiler::group(const Tree& tree, Seeking& seeking, bool inherits_context) {
  const bool reads_input = std::exchange(reads_input_, reads_input_ && inherits_context);
  Group made{.position = tree.position};
  std::vector<Pair> pairs;
  std::vector<std::string_view> keys;
  for (const TreePair& pair : tree.pairs) {
    TRY_ASSIGN(const Node* const key, node(*pair.key, seeking));
    TRY_ASSIGN(const Node* const value, node(*pair.value, seeking));
    pairs.push_back({key, value});
    if (key->kind == NodeKind::constant && static_cast<const Constant*>(key)->value.is_string()) {
      keys.push_back(static_cast<const Constant*>(key)->value.as_string());
    }
  }
  reads_input_ = reads_input;
  std::ranges::sort(keys);
  made.has_plain_keys = keys.size() == pairs.size() && std::ranges::adjacent_find(keys) == keys.end();
  made.pairs = keep(pairs);
  return made;
}

// Predicates and groups of what is no path.
Compiler::Result Compiler::filter(const Tree& tree, Seeking& seeking) {
  auto* const made = make<Filter>(NodeKind::filter, tree);
  const Tree* inner = &tree;
  std::vector<const Tree*> outer;
  for (; inner->kind == TreeKind::predicate || inner->kind == TreeKind::group; inner = inner->left)
    outer.push_back(inner);
  TRY_ASSIGN(made->source, node(*inner, seeking));
  made->keeps_array = inner->keep_array;
  std::vector<Stage> stages;
  for (std::size_t i = outer.size(); i-- > 0;) {
    const Tree& part = *outer[i];
    if (part.kind == TreeKind::predicate) {
      if (made->group != nullptr) return fail(Code::S0209, part.position);
      TRY_ASSIGN(const Stage filter, stage(part, seeking));
      stages.push_back(filter);
      continue;
    }
    if (made->group != nullptr) return fail(Code::S0210, part.position);
    Seeking unanswered;
    TRY_ASSIGN(const Group grouped, group(part, unanswered, false));
    auto* const kept = program_.arena.make<Group>();
    *kept = grouped;
    made->group = kept;
  }
  made->stages = keep(stages);
  return made;
}

}  // namespace stepwell::jsonata
