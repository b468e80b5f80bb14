// Calls, functions and everything that stands in brackets.
#include "base/error.h"
#include "lang/jsonata/program/signature.h"
#include "lang/jsonata/syntax/parser.h"

namespace stepwell::jsonata {

Parser::Result Parser::call(const Token& token, Tree* left) {
  Tree* const tree = make(TreeKind::call, token);
  tree->left = left;
  std::vector<Tree*> arguments;
  if (!token_.is(")")) {
    for (;;) {
      TRY_ASSIGN(Tree* const given, argument());
      if (given->kind == TreeKind::placeholder) tree->kind = TreeKind::partial;
      arguments.push_back(given);
      if (!token_.is(",")) break;
      TRY(advance());
    }
  }
  TRY(expect(")", Lexer::Place::operation));
  tree->items = keep(arguments);
  if (left->kind == TreeKind::name && (left->text == "function" || left->text == "λ")) return lambda(tree);
  return finish(tree);
}

Parser::Result Parser::argument() {
  if (!token_.is("?")) return expression(0);
  Tree* const tree = make(TreeKind::placeholder, token_);
  TRY(advance());
  return tree;
}

// `call` looks like a call: its arguments are the parameters.
Parser::Result Parser::lambda(Tree* call) {
  for (std::size_t i = 0; i < call->items.size(); ++i) {
    const Tree& parameter = *call->items[i];
    if (parameter.kind == TreeKind::variable) continue;
    return std::unexpected(make_error(Code::S0208, parameter.position, {std::to_string(i + 1)}));
  }
  call->kind = TreeKind::lambda;
  call->text = {};
  if (token_.is("<")) {
    const char* const begin = token_.source.data();
    call->signature_position = token_.position;
    int depth = 1;
    while (depth > 0 && !token_.is("{") && token_.kind != TokenKind::end) {
      TRY(advance());
      if (token_.is(">")) --depth;
      if (token_.is("<")) ++depth;
    }
    const char* const end = token_.source.data() + token_.source.size();
    TRY(expect(">"));
    call->text = {begin, static_cast<std::size_t>(end - begin)};
    if (const auto signature = Signature::parse(call->text); !signature) {
      const auto& [code, offset] = signature.error();
      return std::unexpected(make_error(code, call->signature_position + offset));
    }
  }
  TRY(expect("{"));
  TRY_ASSIGN(call->left, expression(0));
  TRY(expect("}", Lexer::Place::operation));
  return finish(call);
}

Parser::Result Parser::block(const Token& token) {
  Tree* const tree = make(TreeKind::block, token);
  std::vector<Tree*> expressions;
  while (!token_.is(")")) {
    TRY_ASSIGN(Tree* const expression, this->expression(0));
    expressions.push_back(expression);
    if (!token_.is(";")) break;
    TRY(advance());
  }
  TRY(expect(")", Lexer::Place::operation));
  tree->items = keep(expressions);
  return finish(tree);
}

Parser::Result Parser::array(const Token& token) {
  Tree* const tree = make(TreeKind::array, token);
  std::vector<Tree*> items;
  if (!token_.is("]")) {
    for (;;) {
      TRY_ASSIGN(Tree * item, expression(0));
      if (token_.is("..")) {
        Tree* const range = make(TreeKind::range, token_);
        TRY(advance());
        range->left = item;
        TRY_ASSIGN(range->right, expression(0));
        TRY_ASSIGN(item, finish(range));
      }
      items.push_back(item);
      if (!token_.is(",")) break;
      TRY(advance());
    }
  }
  TRY(expect("]", Lexer::Place::operation));
  tree->items = keep(items);
  return finish(tree);
}

// The pairs of an object constructor or of a grouping.
Parser::Result Parser::object(Tree* made) {
  std::vector<TreePair> pairs;
  if (!token_.is("}")) {
    for (;;) {
      TreePair pair{};
      TRY_ASSIGN(pair.key, expression(0));
      TRY(expect(":"));
      TRY_ASSIGN(pair.value, expression(0));
      pairs.push_back(pair);
      if (!token_.is(",")) break;
      TRY(advance());
    }
  }
  TRY(expect("}", Lexer::Place::operation));
  made->pairs = arena_.make_array<TreePair>(pairs.size());
  std::ranges::copy(pairs, made->pairs.begin());
  return finish(made);
}

Parser::Result Parser::transform(const Token& token) {
  Tree* const tree = make(TreeKind::transform, token);
  std::vector<Tree*> parts(2);
  TRY_ASSIGN(parts[0], expression(0));
  TRY(expect("|"));
  TRY_ASSIGN(parts[1], expression(0));
  if (token_.is(",")) {
    TRY(advance());
    TRY_ASSIGN(Tree* const removed, expression(0));
    parts.push_back(removed);
  }
  TRY(expect("|", Lexer::Place::operation));
  tree->items = keep(parts);
  return finish(tree);
}

}  // namespace stepwell::jsonata
