#pragma once
// Reads an expression: operators by their binding powers, calls and constructors by their brackets.

#include "lang/json/arena.h"
#include "lang/jsonata/expression.h"
#include "lang/jsonata/syntax/lexer.h"
#include "lang/jsonata/syntax/tree.h"

#include <expected>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

// Nested deeper than this, an expression is refused: everything that walks trees recurses.
inline constexpr std::uint32_t kLargestHeight = 1000;

class Parser {
 public:
  // The tree is placed in `arena`; it refers to `source`.
  Parser(json::Arena& arena, std::string_view source) : arena_(arena), lexer_(arena, source), source_(source) {}

  std::expected<Tree*, Error> parse();

 private:
  using Result = std::expected<Tree*, Error>;

  Result expression(int power);
  Result prefix(const Token& token);
  Result prefix_operator(const Token& token);
  Result infix(const Token& token, Tree* left);

  Result binary(const Token& token, Tree* left, int power);
  Result step(const Token& token, Tree* left);
  Result predicate(const Token& token, Tree* left);
  Result call(const Token& token, Tree* left);
  Result argument();
  Result lambda(Tree* call);
  Result order(const Token& token, Tree* left);
  Result bind(const Token& token, Tree* left);
  Result context_bind(const Token& token, Tree* left);
  Result condition(const Token& token, Tree* left);
  Result block(const Token& token);
  Result array(const Token& token);
  Result object(Tree* made);
  Result transform(const Token& token);

  // Moves on; `place` is what is expected there.
  std::expected<void, Error> advance(Lexer::Place place = Lexer::Place::operand);
  std::expected<void, Error> expect(std::string_view operation, Lexer::Place place = Lexer::Place::operand);

  Tree* make(TreeKind kind, const Token& token);
  std::span<Tree*> keep(const std::vector<Tree*>& items);
  // Takes the height from what is below.
  Result finish(Tree* tree);
  std::unexpected<Error> fail(Code code, const Token& token, std::initializer_list<std::string_view> arguments = {}) {
    return std::unexpected(make_error(code, token.position, arguments));
  }

  json::Arena& arena_;
  Lexer lexer_;
  std::string_view source_;
  Token token_;
  std::uint32_t depth_ = 0;
};

}  // namespace stepwell::jsonata
