#pragma once
// Reading JSON as RFC 8259 defines it: strict grammar, valid UTF-8, no lone surrogate, no byte-order mark, nothing
// behind the document but white space. Recursion is bounded by `max_depth`.

#include "lang/json/value.h"

#include <cstddef>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::json {

struct ParseError {
  std::string message;  // e.g. "Unexpected character 'x', expected a value"
  std::size_t offset;   // byte in the text
  std::size_t line;     // from 1
  std::size_t column;   // from 1, in characters
};

struct ParseOptions {
  std::size_t max_depth = 1000;  // nested arrays and objects
};

// Strings without escapes and number lexemes are views of `text`, which must outlive the value; the rest is in `arena`.
std::expected<Value, ParseError> parse(Arena& arena, std::string_view text, ParseOptions options = {});

// The same, with `text` copied into `arena` first: the value depends on the arena alone.
std::expected<Value, ParseError> parse_copy(Arena& arena, std::string_view text, ParseOptions options = {});

// Where things stand in a text that `parse` accepts: the byte offset of the value at `pointer` (RFC 6901, "" is the
// root), or of the member's key for `at_key`; nullopt when there is none. Of a duplicate key the last one counts. For
// messages that name line and column; walks the text.
std::optional<std::size_t> locate(std::string_view text, std::string_view pointer, bool at_key = false);

struct Position {
  std::size_t line;    // from 1
  std::size_t column;  // from 1, in characters
};
Position position_of(std::string_view text, std::size_t offset);

// Whether `text` is valid UTF-8 (no overlong form, no surrogate, at most U+10FFFF).
bool is_valid_utf8(std::string_view text);

}  // namespace stepwell::json
