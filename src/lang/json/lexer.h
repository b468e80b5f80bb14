#pragma once
// The words of JSON: white space, strings, numbers and literals, one after the other, and the first failure among them.
// Every function leaves the cursor behind what it read; after a failure it stays where it is.

#include "lang/json/arena.h"
#include "lang/json/parse.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::json {

class Lexer {
 public:
  explicit Lexer(std::string_view text) : begin_(text.data()), at_(begin_), end_(begin_ + text.size()) {}

  // The next character that is no white space, not consumed; NUL at the end (where NUL itself is never valid).
  char next() {
    if (at_ != end_ && static_cast<unsigned char>(*at_) > ' ') return *at_;
    return next_behind_space();
  }
  // Consumes the character that next() has shown.
  void skip() { ++at_; }

  // A string from its opening quotation mark on: a view of the text when it has no escape, else decoded into `arena`.
  bool string(Arena& arena, std::string_view& decoded);
  bool number(std::string_view& lexeme);
  // One of the words true, false, null.
  bool literal(std::string_view word);

  // A value without a look at its grammar beyond the ends of strings, arrays and objects.
  bool skip_value();

  bool at_end() const { return at_ == end_; }
  std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }

  // All of these answer false, for the caller to hand on.
  bool unexpected(std::string_view expected);
  bool fail(std::string_view message);

  ParseError error() const;

 private:
  char next_behind_space();
  // Advances to the end of what can be taken as it is: a quotation mark, a backslash.
  bool plain();
  bool string_with_escapes(Arena& arena, std::string_view head, std::string_view& decoded);
  bool escape(std::string& decoded);
  bool unicode_escape(std::string& decoded);
  bool four_hex_digits(std::uint32_t& unit);
  bool digits();
  bool skip_string();
  void skip_word();

  const char* begin_;
  const char* at_;
  const char* end_;
  std::string message_;
};

}  // namespace stepwell::json
