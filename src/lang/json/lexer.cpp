#include "lang/json/lexer.h"

#include "lang/json/swar.h"
#include "lang/json/utf8.h"

#include <fmt/format.h>

namespace stepwell::json {
namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

constexpr int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// What a one-letter escape stands for; NUL for a letter that is none.
constexpr char escaped(char letter) {
  switch (letter) {
    case '"': return '"';
    case '\\': return '\\';
    case '/': return '/';
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return '\0';
  }
}

constexpr std::string_view kEndInString = "Unexpected end of the text in a string";

}  // namespace

char Lexer::next_behind_space() {
  while (at_ != end_ && is_space(*at_)) {
    // Indentation is the long kind of white space.
    while (end_ - at_ >= 8 && load_word(at_) == kOnes * ' ') at_ += 8;
    if (at_ != end_ && is_space(*at_)) ++at_;
  }
  return at_ == end_ ? '\0' : *at_;
}

bool Lexer::plain() {
  while (at_ != end_) {
    if (end_ - at_ >= 8) {
      const std::uint64_t word = load_word(at_);
      const std::uint64_t stops = bytes_to_escape(word) | bytes_beyond_ascii(word);
      if (stops == 0) {
        at_ += 8;
        continue;
      }
      at_ += first_byte(stops);
    }
    const auto byte = static_cast<unsigned char>(*at_);
    if (byte == '"' || byte == '\\') return true;
    if (byte < 0x20) {
      fail("Unescaped control character in a string");
    } else if (byte < 0x80) {
      ++at_;
    } else if (const std::size_t length = utf8_sequence(at_, end_); length != 0) {
      at_ += length;
    } else {
      fail("Invalid UTF-8 in a string");
    }
  }
  fail(kEndInString);
  return false;
}

// Most strings are ASCII without an escape; they are done with here.
std::string_view Lexer::string(Arena& arena) {
  const char* const first = at_ + 1;
  for (at_ = first; end_ - at_ >= 8; at_ += 8) {
    const std::uint64_t word = load_word(at_);
    const std::uint64_t stops = bytes_to_escape(word) | bytes_beyond_ascii(word);
    if (stops == 0) continue;
    at_ += first_byte(stops);
    if (*at_ != '"') break;
    return {first, at_++};
  }
  return any_string(arena, first);
}

std::string_view Lexer::any_string(Arena& arena, const char* first) {
  if (!plain()) return {};
  const std::string_view head(first, at_);
  if (*at_ == '"') {
    skip();
    return head;
  }
  std::string text(head);
  while (*at_ == '\\') {
    escape(text);
    const char* const next = at_;
    if (!plain()) return {};
    text.append(next, at_);
  }
  skip();
  return arena.copy(text);
}

void Lexer::escape(std::string& decoded) {
  if (end_ - at_ < 2) {
    at_ = end_;
    return fail(kEndInString);
  }
  if (at_[1] == 'u') return unicode_escape(decoded);
  const char character = escaped(at_[1]);
  if (character == '\0') return fail("Invalid escape in a string");
  decoded += character;
  at_ += 2;
}

void Lexer::unicode_escape(std::string& decoded) {
  const char* const first = at_;
  const auto high = unit();
  if (!high) return;
  std::uint32_t code_point = *high;
  if (code_point >= 0xD800 && code_point < 0xE000) {
    std::optional<std::uint32_t> low = 0;
    if (code_point < 0xDC00 && left().starts_with("\\u")) low = unit();
    if (!low) return;
    if (*low < 0xDC00 || *low >= 0xE000) {
      at_ = first;
      return fail("Lone surrogate in a string");
    }
    code_point = 0x10000 + ((code_point - 0xD800) << 10) + (*low - 0xDC00);
  }
  char encoded[4];
  decoded.append(encoded, encode_utf8(code_point, encoded));
}

std::optional<std::uint32_t> Lexer::unit() {
  std::uint32_t unit = 0;
  for (int i = 2; i < 6; ++i) {
    const int digit = end_ - at_ < 6 ? -1 : hex_digit(at_[i]);
    if (digit < 0) {
      fail("Invalid \\u escape in a string");
      return std::nullopt;
    }
    unit = unit << 4 | static_cast<std::uint32_t>(digit);
  }
  at_ += 6;
  return unit;
}

void Lexer::digits() {
  if (!at_digit()) return unexpected("a digit");
  while (at_digit()) ++at_;
}

std::string_view Lexer::number() {
  const char* const first = at_;
  if (*at_ == '-') ++at_;
  if (at_ != end_ && *at_ == '0') {
    ++at_;
    if (at_digit()) fail("Unexpected digit behind a leading zero");
  } else {
    digits();
  }
  if (at_ != end_ && *at_ == '.') {
    ++at_;
    digits();
  }
  if (at_ != end_ && (*at_ == 'e' || *at_ == 'E')) {
    ++at_;
    if (at_ != end_ && (*at_ == '+' || *at_ == '-')) ++at_;
    digits();
  }
  return {first, at_};
}

void Lexer::literal(std::string_view word) {
  if (!left().starts_with(word)) return unexpected("a value");
  at_ += word.size();
}

bool Lexer::skip_string() {
  for (++at_; at_ != end_ && *at_ != '"'; ++at_) {
    if (*at_ == '\\' && ++at_ == end_) return false;
  }
  if (at_ == end_) return false;
  ++at_;
  return true;
}

bool Lexer::skip_value() {
  std::size_t depth = 0;
  do {
    switch (next()) {
      case '\0': return false;
      case '"':
        if (!skip_string()) return false;
        break;
      case '[':
      case '{':
        ++depth;
        skip();
        break;
      case ']':
      case '}':
        if (depth == 0) return false;
        --depth;
        skip();
        break;
      case ',':
      case ':':
        if (depth == 0) return false;
        skip();
        break;
      default: skip_word();
    }
  } while (depth > 0);
  return true;
}

// A number or literal: whatever stands before the next delimiter.
void Lexer::skip_word() {
  constexpr std::string_view kDelimiters = " \t\r\n,:]}[{\"";
  do skip();
  while (at_ != end_ && !kDelimiters.contains(*at_));
}

void Lexer::unexpected(std::string_view expected) {
  if (at_ == end_) return fail(fmt::format("Unexpected end of the text, expected {}", expected));
  const auto byte = static_cast<unsigned char>(*at_);
  if (byte > ' ' && byte < 0x7F) return fail(fmt::format("Unexpected character '{}', expected {}", *at_, expected));
  if (left().starts_with("\xEF\xBB\xBF")) return fail(fmt::format("Unexpected byte-order mark, expected {}", expected));
  fail(fmt::format("Unexpected byte 0x{:02X}, expected {}", byte, expected));
}

void Lexer::fail(std::string_view message) {
  if (failed()) return;
  failure_ = at_;
  message_ = message;
  at_ = end_;
}

ParseError Lexer::error() const {
  const auto offset = static_cast<std::size_t>(failure_ - begin_);
  const Position position = position_of({begin_, end_}, offset);
  return {message_, offset, position.line, position.column};
}

}  // namespace stepwell::json
