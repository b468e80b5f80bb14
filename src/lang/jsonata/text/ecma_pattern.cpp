#include "lang/jsonata/text/ecma_pattern.h"

#include "lang/jsonata/text/utf8.h"

#include <charconv>

#include <fmt/format.h>

namespace stepwell::jsonata {
namespace {

// White space and line ends, and what is neither, inside a class.
constexpr std::string_view kBlank =
    "\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";
constexpr std::string_view kNotBlank =
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}\\x{202a}-\\x{"
    "202e}"
    "\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{10ffff}";

class Translator {
 public:
  Translator(std::string_view text, bool is_multiline) : text_(text), is_multiline_(is_multiline) {}

  std::expected<std::string, std::string> translate() {
    while (at_ < text_.size() && error_.empty()) term();
    if (!error_.empty()) return std::unexpected(error_);
    return out_;
  }

 private:
  void term() {
    const char c = text_[at_++];
    switch (c) {
      case '\\': return escape(false);
      case '[': return character_class();
      case '.': out_ += "[^\\n\\r\\x{2028}\\x{2029}]"; return;
      case '^': out_ += is_multiline_ ? "(?m:^)" : "\\A"; return;
      case '$': out_ += is_multiline_ ? "(?m:$)" : "\\z"; return;
      case '(': return group();
      default: out_ += c;
    }
  }

  void group() {
    out_ += '(';
    if (!text_.substr(at_).starts_with('?')) return;
    const std::string_view kind = text_.substr(at_, 3);
    if (kind.starts_with("?:")) {
      out_ += "?:";
      at_ += 2;
    } else if (kind.starts_with("?=") || kind.starts_with("?!") || kind == "?<=" || kind == "?<!") {
      error_ = "look-around";
    } else if (kind.starts_with("?<")) {
      out_ += "?P<";
      at_ += 2;
    } else {
      error_ = "invalid group";
    }
  }

  void character_class() {
    const bool is_negated = text_.substr(at_).starts_with('^');
    at_ += is_negated ? 1 : 0;
    if (text_.substr(at_).starts_with(']')) {
      ++at_;
      out_ += is_negated ? "[\\x{0}-\\x{10ffff}]" : "[^\\x{0}-\\x{10ffff}]";
      return;
    }
    out_ += is_negated ? "[^" : "[";
    while (at_ < text_.size() && text_[at_] != ']' && error_.empty()) {
      const char c = text_[at_++];
      if (c == '\\') {
        escape(true);
      } else {
        if (c == '[') out_ += '\\';
        out_ += c;
      }
    }
    if (at_ == text_.size()) {
      error_ = "unterminated character class";
      return;
    }
    ++at_;
    out_ += ']';
  }

  void escape(bool in_class) {
    if (at_ == text_.size()) {
      error_ = "\\ at end of pattern";
      return;
    }
    const char c = text_[at_++];
    if (std::string_view("dDwWtnvfr").contains(c)) {
      out_ += {'\\', c};
    } else if (c == 's' || c == 'S') {
      if (!in_class) out_ += '[';
      out_ += c == 's' ? kBlank : kNotBlank;
      if (!in_class) out_ += ']';
    } else if (c == 'b' || c == 'B') {
      if (in_class) return code_point(c == 'b' ? 8 : 'B');
      out_ += {'\\', c};
    } else if (c == 'x') {
      code_point(hexadecimal(2).value_or('x'));
    } else if (c == 'u') {
      unicode();
    } else if (c == 'c' && at_ < text_.size()) {
      code_point(static_cast<unsigned char>(text_[at_++]) % 32U);
    } else if (c == '0') {
      code_point(0);
    } else if ((c >= '1' && c <= '9') || c == 'k') {
      error_ = "back-reference";
    } else {
      --at_;
      code_point(next_code_point(text_, at_));
    }
  }

  // Two escapes that are the halves of a pair are one character.
  void unicode() {
    std::uint32_t first = hexadecimal(4).value_or('u');
    if (first >= 0xD800 && first <= 0xDBFF && text_.substr(at_).starts_with("\\u")) {
      const std::size_t before = at_;
      at_ += 2;
      const auto second = hexadecimal(4);
      if (second && *second >= 0xDC00 && *second <= 0xDFFF) {
        first = 0x10000 + ((first - 0xD800) << 10) + (*second - 0xDC00);
      } else {
        at_ = before;
      }
    }
    code_point(first);
  }

  std::optional<std::uint32_t> hexadecimal(std::size_t digits) {
    const std::string_view text = text_.substr(at_, digits);
    std::uint32_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, 16);
    if (text.size() < digits || result.ptr != text.data() + text.size()) return std::nullopt;
    at_ += digits;
    return value;
  }

  void code_point(std::uint32_t value) { fmt::format_to(std::back_inserter(out_), "\\x{{{:x}}}", value); }

  std::string_view text_;
  bool is_multiline_;
  std::size_t at_ = 0;
  std::string out_;
  std::string error_;
};

}  // namespace

std::expected<std::string, std::string> translate_pattern(std::string_view text, bool is_multiline) {
  return Translator(text, is_multiline).translate();
}

}  // namespace stepwell::jsonata
