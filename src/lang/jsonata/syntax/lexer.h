#pragma once
// Cuts an expression into tokens, one at a time: whether '/' begins a regular expression or divides is known to the
// parser only.

#include "lang/json/arena.h"
#include "lang/jsonata/expression.h"
#include "lang/jsonata/failure.h"
#include "lang/jsonata/syntax/token.h"

#include <expected>
#include <string>
#include <string_view>

namespace stepwell::jsonata {

class Lexer {
 public:
  // Decoded texts are placed in `arena`; the others are views of `source`.
  Lexer(json::Arena& arena, std::string_view source) : arena_(arena), source_(source) {}

  enum class Place : std::uint8_t { operand, operation };  // what is expected
  std::expected<Token, Error> next(Place place);

  std::size_t offset() const { return at_; }

 private:
  std::expected<void, Error> skip_blank();
  std::expected<Token, Error> string(char quote);
  std::expected<void, Error> escape(std::string& decoded);
  std::expected<Token, Error> number();
  std::expected<Token, Error> quoted_name();
  std::expected<Token, Error> regex();
  Token word();
  std::size_t operator_length() const;
  std::size_t digits(std::size_t from) const;

  char peek(std::size_t ahead = 0) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }
  Token token(TokenKind kind, std::size_t begin, std::string_view text) const;
  std::unexpected<Error> fail(Code code, std::size_t position, std::initializer_list<std::string_view> arguments = {}) {
    return std::unexpected(make_error(code, position, arguments));
  }

  json::Arena& arena_;
  std::string_view source_;
  std::size_t at_ = 0;
};

}  // namespace stepwell::jsonata
