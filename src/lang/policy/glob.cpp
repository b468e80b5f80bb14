#include "lang/policy/glob.h"

namespace stepwell::policy {
namespace {

unsigned char lower(unsigned char c) { return c >= 'A' && c <= 'Z' ? static_cast<unsigned char>(c + 32) : c; }

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

void Glob::add_literal(std::string_view text) {
  for (const char c : text) tokens_.push_back(static_cast<unsigned char>(c));
}

void Glob::add_pattern(std::string_view text) {
  for (const char c : text) {
    if (c == '*') {
      // Two in a row are one.
      if (tokens_.empty() || tokens_.back() != any_text) tokens_.push_back(any_text);
    } else {
      tokens_.push_back(c == '?' ? any_one : static_cast<unsigned char>(c));
    }
  }
}

// Goes along both; where it fails, the last * takes one byte more. An earlier * need not be tried again.
bool Glob::matches(std::string_view text, Case letters, Budget& budget) const {
  const auto same = [letters](std::uint16_t token, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (letters == Case::sensitive || token > 255) return token == byte;
    return lower(static_cast<unsigned char>(token)) == lower(byte);
  };
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t token = 0, at = 0, star = none, taken = 0;
  while (at < text.size()) {
    if (!budget.spend(1)) return false;
    if (token < tokens_.size() && tokens_[token] == any_text) {
      star = token++;
      taken = at;
    } else if (token < tokens_.size() && tokens_[token] == any_one) {
      ++token;
      do ++at;
      while (at < text.size() && continues_character(text[at]));
    } else if (token < tokens_.size() && same(tokens_[token], text[at])) {
      ++token;
      ++at;
    } else if (star != none) {
      token = star + 1;
      at = ++taken;
    } else {
      return false;
    }
  }
  while (token < tokens_.size() && tokens_[token] == any_text) ++token;
  return token == tokens_.size();
}

}  // namespace stepwell::policy
