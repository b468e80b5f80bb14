#pragma once
// The words of JSON: white space, strings, numbers and literals, one after the other. The first failure ends the text:
// it is kept, what is returned from then on means nothing, and next() shows the end; so only loops need to look.

#include "lang/json/arena.h"
#include "lang/json/parse.h"

#include <cstddef>
#include <cstdint>
#include <optional>
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
  std::string_view string(Arena& arena);
  // The lexeme of a number.
  std::string_view number();
  // One of the words true, false, null.
  void literal(std::string_view word);
  // A value without a look at its grammar beyond the ends of strings, arrays and objects.
  bool skip_value();

  bool at_end() const { return at_ == end_; }
  std::size_t offset() const { return static_cast<std::size_t>(at_ - begin_); }

  void unexpected(std::string_view expected);
  void fail(std::string_view message);
  bool failed() const { return !message_.empty(); }
  ParseError error() const;

 private:
  char next_behind_space();
  // Advances to the end of what can be taken as it is: a quotation mark, a backslash. False when there is none.
  bool plain();
  // The rest of a string that is plain from `first` on up to the cursor.
  std::string_view any_string(Arena& arena, const char* first);
  void escape(std::string& decoded);
  void unicode_escape(std::string& decoded);
  // The unit of \uXXXX, from its backslash on.
  std::optional<std::uint32_t> unit();
  void digits();
  bool skip_string();
  void skip_word();

  std::string_view left() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }
  bool at_digit() const { return at_ != end_ && *at_ >= '0' && *at_ <= '9'; }

  const char* begin_;
  const char* at_;
  const char* end_;
  const char* failure_ = nullptr;  // its place
  std::string message_;
};

}  // namespace stepwell::json
