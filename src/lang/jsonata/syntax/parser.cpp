#include "lang/jsonata/syntax/parser.h"

#include "base/error.h"
#include "lang/json/value.h"

#include <algorithm>

namespace stepwell::jsonata {
namespace {

int power_of(const Token& token) {
  struct Power {
    std::string_view operation;
    int power;
  };
  static constexpr Power kPowers[] = {
      {"[", 80},  {"(", 80},  {"@", 80},  {"#", 80},   {".", 75},  {"{", 70}, {"*", 60},  {"/", 60},  {"%", 60},
      {"+", 50},  {"-", 50},  {"&", 50},  {"=", 40},   {"<", 40},  {">", 40}, {"^", 40},  {"!=", 40}, {"<=", 40},
      {">=", 40}, {"~>", 40}, {"in", 40}, {"and", 30}, {"or", 25}, {"?", 20}, {":=", 10},
  };
  if (token.kind != TokenKind::operation) return 0;
  const auto* const found = std::ranges::find(kPowers, token.text, &Power::operation);
  return found == std::end(kPowers) ? 0 : found->power;
}

// As a message shows a token.
std::string shown(const Token& token) {
  switch (token.kind) {
    case TokenKind::boolean:
    case TokenKind::null: return std::string(token.text);
    case TokenKind::number: {
      json::Arena arena;
      return std::string(json::Value::real(arena, token.number).lexeme());
    }
    case TokenKind::regex: return "{}";
    default: return quoted(token.text);
  }
}

}  // namespace

std::expected<void, Error> Parser::advance(Lexer::Place place) {
  TRY_ASSIGN(token_, lexer_.next(place));
  return {};
}

std::expected<void, Error> Parser::expect(std::string_view operation, Lexer::Place place) {
  if (!token_.is(operation)) {
    if (token_.kind == TokenKind::end) return fail(Code::S0203, token_, {quoted(operation)});
    return fail(Code::S0202, token_, {quoted(operation), shown(token_)});
  }
  return advance(place);
}

Tree* Parser::make(TreeKind kind, const Token& token) {
  Tree* const tree = arena_.make<Tree>();
  tree->kind = kind;
  tree->position = token.position;
  tree->text = token.text;
  tree->number = token.number;
  return tree;
}

std::span<Tree*> Parser::keep(const std::vector<Tree*>& items) {
  const std::span<Tree*> kept = arena_.make_array<Tree*>(items.size());
  std::ranges::copy(items, kept.begin());
  return kept;
}

Parser::Result Parser::finish(Tree* tree) {
  std::uint32_t below = 0;
  tree->has_lambda = tree->kind == TreeKind::lambda;
  tree->has_rows = tree->kind == TreeKind::focus || tree->kind == TreeKind::index;
  const auto look = [&](const Tree* part) {
    if (part == nullptr) return;
    below = std::max(below, part->height);
    tree->has_lambda |= part->has_lambda;
    tree->has_rows |= part->has_rows;
  };
  look(tree->left);
  look(tree->right);
  for (const Tree* item : tree->items) look(item);
  for (const TreePair& pair : tree->pairs) {
    look(pair.key);
    look(pair.value);
  }
  tree->height = below + 1;
  if (tree->height > kLargestHeight) return std::unexpected(make_error(Code::U1001, tree->position));
  return tree;
}

Parser::Result Parser::parse() {
  TRY(advance());
  TRY_ASSIGN(Tree* const tree, expression(0));
  if (token_.kind != TokenKind::end) return fail(Code::S0201, token_, {shown(token_)});
  return tree;
}

Parser::Result Parser::expression(int power) {
  if (depth_ == kLargestHeight) return fail(Code::U1001, token_);
  ++depth_;
  Token token = token_;
  TRY(advance(Lexer::Place::operation));
  TRY_ASSIGN(Tree * left, prefix(token));
  while (power < power_of(token_)) {
    token = token_;
    TRY(advance());
    TRY_ASSIGN(left, infix(token, left));
  }
  --depth_;
  return left;
}

Parser::Result Parser::prefix(const Token& token) {
  switch (token.kind) {
    case TokenKind::end: return make(TreeKind::end, token);
    case TokenKind::name: return make(TreeKind::name, token);
    case TokenKind::variable: return make(TreeKind::variable, token);
    case TokenKind::number: return make(TreeKind::number, token);
    case TokenKind::string: return make(TreeKind::string, token);
    case TokenKind::boolean: return make(TreeKind::boolean, token);
    case TokenKind::null: return make(TreeKind::null, token);
    case TokenKind::regex: {
      Tree* const tree = make(TreeKind::regex, token);
      tree->flags = token.flags;
      return tree;
    }
    case TokenKind::operation: return prefix_operator(token);
  }
  return fail(Code::S0211, token, {shown(token)});
}

// Where an operand is expected, the word operators are names.
Parser::Result Parser::prefix_operator(const Token& token) {
  if (token.is("and") || token.is("or") || token.is("in")) return make(TreeKind::name, token);
  if (token.is("*")) return make(TreeKind::wildcard, token);
  if (token.is("**")) return make(TreeKind::descendants, token);
  if (token.is("%")) {
    Tree* const tree = make(TreeKind::parent, token);
    tree->has_rows = true;
    return tree;
  }
  if (token.is("(")) return block(token);
  if (token.is("[")) return array(token);
  if (token.is("{")) return object(make(TreeKind::object, token));
  if (token.is("|")) return transform(token);
  if (!token.is("-")) return fail(Code::S0211, token, {shown(token)});
  Tree* const tree = make(TreeKind::negate, token);
  TRY_ASSIGN(tree->left, expression(70));
  return finish(tree);
}

Parser::Result Parser::infix(const Token& token, Tree* left) {
  if (token.is(".")) return step(token, left);
  if (token.is("[")) return predicate(token, left);
  if (token.is("(")) return call(token, left);
  if (token.is("^")) return order(token, left);
  if (token.is("?")) return condition(token, left);
  if (token.is(":=")) return bind(token, left);
  if (token.is("@") || token.is("#")) return context_bind(token, left);
  if (token.is("{")) {
    Tree* const tree = make(TreeKind::group, token);
    tree->left = left;
    return object(tree);
  }
  return binary(token, left, power_of(token));
}

Parser::Result Parser::binary(const Token& token, Tree* left, int power) {
  Tree* const tree = make(token.is("~>") ? TreeKind::apply : TreeKind::binary, token);
  tree->left = left;
  TRY_ASSIGN(tree->right, expression(power));
  return finish(tree);
}

// A path is one tree, however long.
Parser::Result Parser::step(const Token& token, Tree* left) {
  TRY_ASSIGN(Tree* const right, expression(power_of(token)));
  std::vector<Tree*> steps;
  if (left->kind == TreeKind::path && !left->keep_array) {
    steps.assign(left->items.begin(), left->items.end());
  } else {
    steps.push_back(left);
  }
  steps.push_back(right);
  Tree* const tree = make(TreeKind::path, token);
  tree->items = keep(steps);
  return finish(tree);
}

Parser::Result Parser::predicate(const Token& token, Tree* left) {
  if (token_.is("]")) {
    Tree* kept = left;
    while (kept->kind == TreeKind::predicate) kept = kept->left;
    kept->keep_array = true;
    TRY(advance(Lexer::Place::operation));
    return left;
  }
  Tree* const tree = make(TreeKind::predicate, token);
  tree->left = left;
  TRY_ASSIGN(tree->right, expression(0));
  TRY(expect("]", Lexer::Place::operation));
  return finish(tree);
}

Parser::Result Parser::order(const Token& token, Tree* left) {
  Tree* const tree = make(TreeKind::order, token);
  tree->left = left;
  TRY(expect("("));
  std::vector<Tree*> terms;
  std::vector<bool> descending;
  for (;;) {
    descending.push_back(token_.is(">"));
    if (token_.is(">") || token_.is("<")) TRY(advance());
    TRY_ASSIGN(Tree* const term, expression(0));
    terms.push_back(term);
    if (!token_.is(",")) break;
    TRY(advance());
  }
  TRY(expect(")", Lexer::Place::operation));
  tree->items = keep(terms);
  tree->descending = arena_.make_array<bool>(terms.size());
  std::ranges::copy(descending, tree->descending.begin());
  return finish(tree);
}

Parser::Result Parser::bind(const Token& token, Tree* left) {
  if (left->kind != TreeKind::variable) return std::unexpected(make_error(Code::S0212, left->position));
  Tree* const tree = make(TreeKind::bind, token);
  tree->text = left->text;
  TRY_ASSIGN(tree->right, expression(power_of(token) - 1));
  return finish(tree);
}

Parser::Result Parser::context_bind(const Token& token, Tree* left) {
  TRY_ASSIGN(const Tree* const variable, expression(power_of(token)));
  if (variable->kind != TreeKind::variable) {
    return std::unexpected(make_error(Code::S0214, variable->position, {quoted(token.text)}));
  }
  Tree* const tree = make(token.is("@") ? TreeKind::focus : TreeKind::index, token);
  tree->left = left;
  tree->text = variable->text;
  return finish(tree);
}

Parser::Result Parser::condition(const Token& token, Tree* left) {
  TRY_ASSIGN(Tree* const then, expression(0));
  std::vector<Tree*> parts = {left, then};
  if (token_.is(":")) {
    TRY(advance());
    TRY_ASSIGN(Tree* const otherwise, expression(0));
    parts.push_back(otherwise);
  }
  Tree* const tree = make(TreeKind::condition, token);
  tree->items = keep(parts);
  return finish(tree);
}

}  // namespace stepwell::jsonata
