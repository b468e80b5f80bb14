#include "lang/asl/validation/jackson.h"

#include "lang/json/parse.h"

#include <cctype>

namespace stepwell::asl {
namespace {

constexpr std::size_t max_shown = 500;        // characters of the text in a location
constexpr std::size_t max_token_shown = 256;  // of a token in a message
constexpr std::string_view values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Java's identifiers take any letter; those beyond ASCII are taken for letters here.
bool is_identifier(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '$';
}

// A scan for the first fault, with the state that Jackson's messages speak of. Faults are reported at the place behind
// the character that does not fit, as there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<JacksonError> run() {
    skip_space();
    if (at_ == text_.size()) return fault("No content to map due to end-of-input");
    if (!value(Inside::root)) return std::move(error_);
    skip_space();
    while (at_ < text_.size()) {
      if (!value(Inside::root)) return std::move(error_);
      skip_space();
    }
    return std::nullopt;
  }

 private:
  enum class Inside : std::uint8_t { root, array, object };
  struct Scope {
    Inside inside;
    std::size_t start;
  };
  static constexpr std::size_t max_depth = 1000;

  std::optional<JacksonError> fault(std::string message) {
    error_ = {.message = std::move(message), .location = location(at_)};
    return error_;
  }
  bool refuse(std::string message) {
    static_cast<void>(fault(std::move(message)));
    return false;
  }

  std::string location(std::size_t offset) const {
    const json::Position position = json::position_of(text_, offset);
    return fmt::format("[Source: (String)\"{}; line: {}, column: {}]", shown(), position.line, position.column);
  }

  // The text with its closing quotation mark, cut after 500 characters, control characters but line ends escaped.
  std::string shown() const {
    std::string out;
    std::size_t count = 0;
    std::size_t i = 0;
    for (; i < text_.size(); ++i) {
      if (!is_continuation(text_[i]) && count++ == max_shown) break;
      if (is_control(text_[i]) && text_[i] != '\n' && text_[i] != '\r') {
        out += fmt::format("\\u{:04X}", static_cast<unsigned char>(text_[i]));
      } else {
        out += text_[i];
      }
    }
    out += '"';
    if (i < text_.size()) {
      const auto rest = std::ranges::count_if(text_.substr(i), [](char c) { return !is_continuation(c); });
      out += fmt::format("[truncated {} chars]", rest);
    }
    return out;
  }

  // "Unexpected character ('}' (code 125)): was expecting …", at the place behind it.
  bool unexpected(std::string_view expectation, std::string_view middle = ": ") {
    std::size_t end = at_ + 1;
    while (end < text_.size() && is_continuation(text_[end])) ++end;
    const std::string_view character = text_.substr(at_, end - at_);
    at_ = end;
    return refuse(fmt::format("Unexpected character ({}){}{}", described(character), middle, expectation));
  }

  static std::string described(std::string_view character) {
    if (is_control(character.front())) {
      return fmt::format("(CTRL-CHAR, code {})", static_cast<int>(character.front()));
    }
    if (character.size() == 1) return fmt::format("'{}' (code {})", character, static_cast<int>(character.front()));
    std::uint32_t code = static_cast<unsigned char>(character.front()) & (0xFFU >> (character.size() + 1));
    for (const char c : character.substr(1)) code = code << 6U | (static_cast<unsigned char>(c) & 0x3FU);
    if (code <= 255) return fmt::format("'{}' (code {})", character, code);
    return fmt::format("'{}' (code {} / {:#x})", character, code, code);
  }

  bool value(Inside inside) {
    const char c = text_[at_];
    if (c == '{' || c == '[') return nested(c == '{' ? Inside::object : Inside::array);
    if (c == '"') return string("value");
    if (c == '-' || is_digit(c)) return number(inside);
    for (const std::string_view word : {"null", "true", "false"}) {
      if (c == word.front()) return literal(word);
    }
    if (is_identifier(c)) return unrecognized();
    return unexpected(fmt::format("expected a valid value {}", values));
  }

  bool nested(Inside inside) {
    if (scopes_.size() == max_depth) {
      return refuse(fmt::format("Document nesting depth ({}) exceeds the maximum allowed", max_depth + 1));
    }
    scopes_.push_back({.inside = inside, .start = at_});
    ++at_;
    skip_space();
    if (at_ < text_.size() && text_[at_] == closer()) return close();
    while (true) {
      if (inside == Inside::object && !name()) return false;
      skip_space();
      if (at_ == text_.size()) return unclosed();
      if (!value(inside)) return false;
      skip_space();
      if (at_ == text_.size()) return unclosed();
      if (text_[at_] == closer()) return close();
      if (text_[at_] == ']' || text_[at_] == '}') return mismatched();
      if (text_[at_] != ',') {
        return unexpected(fmt::format("was expecting comma to separate {} entries", scope_name()));
      }
      ++at_;
      skip_space();
      if (at_ == text_.size()) return between();
    }
  }

  bool name() {
    skip_space();
    if (at_ == text_.size()) return unclosed();
    if (text_[at_] == ']') return mismatched();
    if (text_[at_] != '"') return unexpected("was expecting double-quote to start field name");
    if (!string("name")) return false;
    skip_space();
    if (at_ == text_.size()) return between();
    if (text_[at_] != ':') return unexpected("was expecting a colon to separate field name and value");
    ++at_;
    skip_space();
    return at_ < text_.size() || between();
  }

  bool string(std::string_view role) {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      const char c = text_[at_];
      if (static_cast<unsigned char>(c) < 0x20) {
        ++at_;
        return refuse(
            fmt::format("Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using backslash "
                        "to be included in string value",
                        static_cast<int>(c)));
      }
      if (c == '\\' && !escape()) return false;
      ++at_;
    }
    if (at_ == text_.size()) {
      return refuse(role == "name" ? "Unexpected end-of-input in field name"
                                   : "Unexpected end-of-input: was expecting closing quote for a string value");
    }
    ++at_;
    return true;
  }

  // Leaves `at_` on the last character of the escape.
  bool escape() {
    ++at_;
    if (at_ == text_.size()) return refuse("Unexpected end-of-input in character escape sequence");
    const char c = text_[at_];
    if (std::string_view("\"\\/bfnrt").contains(c)) return true;
    if (c != 'u') {
      const std::string described_character = described(text_.substr(at_, 1));
      ++at_;
      return refuse(fmt::format("Unrecognized character escape {}", described_character));
    }
    for (int i = 0; i < 4; ++i) {
      ++at_;
      if (at_ == text_.size()) return refuse("Unexpected end-of-input in character escape sequence");
      if (std::isxdigit(static_cast<unsigned char>(text_[at_])) == 0) {
        return unexpected("expected a hex-digit for character escape sequence");
      }
    }
    return true;
  }

  bool number(Inside inside) {
    constexpr std::string_view in_number = " in numeric value: ";
    if (text_[at_] == '-') {
      ++at_;
      if (at_ == text_.size()) return refuse("Unexpected end-of-input in numeric value");
      if (!is_digit(text_[at_])) {
        return unexpected("expected digit (0-9) to follow minus sign, for valid numeric value", in_number);
      }
    }
    if (text_[at_] == '0' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      at_ += 2;
      return refuse("Invalid numeric value: Leading zeroes not allowed");
    }
    skip_digits();
    if (at_ < text_.size() && text_[at_] == '.') {
      ++at_;
      if (!digits("Decimal point not followed by a digit")) return false;
    }
    if (at_ < text_.size() && (text_[at_] == 'e' || text_[at_] == 'E')) {
      ++at_;
      if (at_ < text_.size() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
      if (!digits("Exponent indicator not followed by a digit")) return false;
    }
    if (inside == Inside::root && at_ < text_.size() && !is_space(text_[at_])) {
      return unexpected("Expected space separating root-level values");
    }
    return true;
  }

  bool digits(std::string_view fault_text) {
    if (at_ == text_.size()) return refuse("Unexpected end-of-input in numeric value");
    if (!is_digit(text_[at_])) return unexpected(fault_text, " in numeric value: ");
    skip_digits();
    return true;
  }

  void skip_digits() {
    while (at_ < text_.size() && is_digit(text_[at_])) ++at_;
  }

  bool literal(std::string_view word) {
    const std::string_view rest = text_.substr(at_);
    if (!rest.starts_with(word)) return unrecognized();
    const std::size_t end = at_ + word.size();
    if (end < text_.size() && is_identifier(text_[end])) return unrecognized();
    at_ = end;
    return true;
  }

  bool unrecognized() {
    const std::size_t start = at_;
    while (at_ < text_.size() && is_identifier(text_[at_]) && at_ - start < max_token_shown) ++at_;
    std::string token(text_.substr(start, at_ - start));
    if (token.size() == max_token_shown) {
      while (!token.empty() && is_continuation(token.back())) token.pop_back();
      token += "...";
    }
    return refuse(fmt::format("Unrecognized token '{}': was expecting {}", token, values));
  }

  bool close() {
    ++at_;
    scopes_.pop_back();
    return true;
  }

  char closer() const { return scopes_.back().inside == Inside::object ? '}' : ']'; }
  std::string_view scope_name() const { return scopes_.back().inside == Inside::object ? "Object" : "Array"; }

  bool unclosed() {
    return refuse(fmt::format("Unexpected end-of-input: expected close marker for {} (start marker at {})",
                              scope_name(), location(scopes_.back().start)));
  }
  bool between() { return refuse(fmt::format("Unexpected end-of-input within/between {} entries", scope_name())); }
  bool mismatched() {
    const char found = text_[at_];
    ++at_;
    return refuse(fmt::format("Unexpected close marker '{}': expected '{}' (for {} starting at {})", found, closer(),
                              scope_name(), location(scopes_.back().start)));
  }

  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Scope> scopes_;
  JacksonError error_;
};

}  // namespace

std::optional<JacksonError> jackson_error(std::string_view text) {
  if (!json::is_valid_utf8(text)) return std::nullopt;
  return Scanner(text).run();
}

}  // namespace stepwell::asl
