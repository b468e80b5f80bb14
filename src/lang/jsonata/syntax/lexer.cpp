#include "lang/jsonata/syntax/lexer.h"

#include "base/error.h"
#include "lang/json/value.h"
#include "lang/jsonata/text/utf8.h"

#include <charconv>
#include <cmath>

namespace stepwell::jsonata {
namespace {

constexpr bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v'; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Ends a name; each of them is an operator by itself or the first half of one.
constexpr bool is_operator(char c) { return std::string_view(".[]{}(),@#;:?+-*/%|=<>^&!~").contains(c); }

}  // namespace

Token Lexer::token(TokenKind kind, std::size_t begin, std::string_view text) const {
  Token made;
  made.kind = kind;
  made.position = static_cast<std::uint32_t>(at_);
  made.text = text;
  made.source = source_.substr(begin, at_ - begin);
  return made;
}

std::expected<void, Error> Lexer::skip_blank() {
  for (;;) {
    while (is_blank(peek())) ++at_;
    if (peek() != '/' || peek(1) != '*') return {};
    const std::size_t end = source_.find("*/", at_ + 2);
    if (end == std::string_view::npos) return fail(Code::S0106, at_);
    at_ = end + 2;
  }
}

std::expected<Token, Error> Lexer::next(Place place) {
  TRY(skip_blank());
  const std::size_t begin = at_;
  if (begin == source_.size()) return token(TokenKind::end, begin, "(end)");
  const char c = peek();
  if (c == '/' && place == Place::operand) return regex();
  if (const std::size_t length = operator_length(); length > 0) {
    at_ += length;
    if (length == 1 && (c == '~' || c == '!')) return fail(Code::S0204, at_, {quoted(source_.substr(begin, 1))});
    return token(TokenKind::operation, begin, source_.substr(begin, length));
  }
  if (c == '"' || c == '\'') return string(c);
  if (is_digit(c)) return number();
  if (c == '`') return quoted_name();
  return word();
}

std::size_t Lexer::operator_length() const {
  const std::string_view two = source_.substr(at_, 2);
  for (const std::string_view operation : {"..", ":=", "!=", ">=", "<=", "**", "~>"}) {
    if (two == operation) return 2;
  }
  return is_operator(peek()) ? 1 : 0;
}

std::size_t Lexer::digits(std::size_t from) const {
  std::size_t at = from;
  while (at < source_.size() && is_digit(source_[at])) ++at;
  return at - from;
}

// JSON's grammar without the sign: what does not belong to it begins the next token.
std::expected<Token, Error> Lexer::number() {
  const std::size_t begin = at_;
  at_ += peek() == '0' ? 1 : digits(at_);
  if (peek() == '.' && digits(at_ + 1) > 0) at_ += 1 + digits(at_ + 1);
  if (peek() == 'e' || peek() == 'E') {
    const std::size_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    const std::size_t exponent = digits(at_ + 1 + sign);
    if (exponent > 0) at_ += 1 + sign + exponent;
  }
  const std::string_view text = source_.substr(begin, at_ - begin);
  const double value = json::Value::number(text).as_double();
  if (!std::isfinite(value)) return fail(Code::S0102, begin, {quoted(text)});
  Token made = token(TokenKind::number, begin, text);
  made.number = value;
  return made;
}

std::expected<Token, Error> Lexer::string(char quote) {
  const std::size_t begin = at_++;
  const std::size_t content = at_;
  std::string decoded;
  bool is_plain = true;
  for (; at_ < source_.size(); ++at_) {
    const char c = source_[at_];
    if (c == quote) {
      if (!is_plain) join_surrogates(decoded);
      const std::string_view text = is_plain ? source_.substr(content, at_ - content) : arena_.copy(decoded);
      ++at_;
      return token(TokenKind::string, begin, text);
    }
    if (c == '\\') {
      if (is_plain) decoded = source_.substr(content, at_ - content);
      is_plain = false;
      ++at_;
      TRY(escape(decoded));
    } else if (!is_plain) {
      decoded += c;
    }
  }
  return fail(Code::S0101, at_);
}

// The cursor stands on the letter, and at the end on the last character of the escape.
std::expected<void, Error> Lexer::escape(std::string& decoded) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const char letter = peek();
  if (const std::size_t which = kLetters.find(letter); at_ < source_.size() && which != std::string_view::npos) {
    decoded += kMeanings[which];
    return {};
  }
  if (letter != 'u') {
    std::size_t end = at_;
    if (end < source_.size()) next_code_point(source_, end);
    return fail(Code::S0103, at_, {quoted(source_.substr(at_, end - at_))});
  }
  const std::string_view hex = source_.substr(at_ + 1, 4);
  std::uint32_t unit = 0;
  const auto result = std::from_chars(hex.data(), hex.data() + hex.size(), unit, 16);
  if (hex.size() < 4 || result.ptr != hex.data() + 4) return fail(Code::S0104, at_);
  append_code_point(decoded, unit);
  at_ += 4;
  return {};
}

std::expected<Token, Error> Lexer::quoted_name() {
  const std::size_t begin = at_++;
  const std::size_t end = source_.find('`', at_);
  if (end == std::string_view::npos) return fail(Code::S0105, source_.size());
  const std::string_view text = source_.substr(at_, end - at_);
  at_ = end + 1;
  return token(TokenKind::name, begin, text);
}

// Up to a slash that is neither escaped nor inside brackets, and the flags.
std::expected<Token, Error> Lexer::regex() {
  const std::size_t begin = at_++;
  std::size_t open = 0;
  for (; at_ < source_.size(); ++at_) {
    const char c = source_[at_];
    if (c == '\\') {
      ++at_;
    } else if (c == '(' || c == '[' || c == '{') {
      ++open;
    } else if (c == ')' || c == ']' || c == '}') {
      open -= open > 0 ? 1 : 0;
    } else if (c == '/' && open == 0) {
      break;
    }
  }
  if (at_ >= source_.size()) {
    at_ = source_.size();
    return fail(Code::S0302, at_);
  }
  const std::string_view pattern = source_.substr(begin + 1, at_ - begin - 1);
  if (pattern.empty()) return fail(Code::S0301, at_);
  const std::size_t flags = ++at_;
  while (peek() == 'i' || peek() == 'm') ++at_;
  Token made = token(TokenKind::regex, begin, pattern);
  made.flags = source_.substr(flags, at_ - flags);
  return made;
}

Token Lexer::word() {
  const std::size_t begin = at_;
  while (at_ < source_.size() && !is_blank(source_[at_]) && !is_operator(source_[at_])) ++at_;
  const std::string_view text = source_.substr(begin, at_ - begin);
  if (text.starts_with('$')) return token(TokenKind::variable, begin, text.substr(1));
  if (text == "and" || text == "or" || text == "in") return token(TokenKind::operation, begin, text);
  if (text == "null") return token(TokenKind::null, begin, text);
  if (text != "true" && text != "false") return token(TokenKind::name, begin, text);
  Token made = token(TokenKind::boolean, begin, text);
  made.number = text == "true" ? 1 : 0;
  return made;
}

}  // namespace stepwell::jsonata
