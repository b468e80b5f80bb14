#pragma once
// The words of an expression.

#include <cstdint>
#include <string_view>

namespace stepwell::jsonata {

enum class TokenKind : std::uint8_t { end, operation, name, variable, number, string, boolean, null, regex };

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t position = 0;  // byte behind it
  double number = 0;           // of a number; of a boolean 0 or 1
  std::string_view text;    // the operator, or decoded what a string, a name or a variable says; of a regex its pattern
  std::string_view flags;   // of a regex
  std::string_view source;  // as it stands

  bool is(std::string_view operation) const { return kind == TokenKind::operation && text == operation; }
};

}  // namespace stepwell::jsonata
