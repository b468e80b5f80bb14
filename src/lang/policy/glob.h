#pragma once
// Patterns with wildcards: * stands for any text, ? for any one character (UTF-8). What matching costs is bounded by
// the length of the pattern times that of the text, and spent from a budget; a budget that is used up is no match.

#include "base/budget.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::policy {

enum class Case : std::uint8_t { sensitive, ignored };

class Glob {
 public:
  // Appends a text in which wildcards mean themselves.
  void add_literal(std::string_view text);
  // Appends a text in which * and ? are wildcards.
  void add_pattern(std::string_view text);

  bool matches(std::string_view text, Case letters, Budget& budget) const;

 private:
  static constexpr std::uint16_t any_one = 256;  // above every byte
  static constexpr std::uint16_t any_text = 257;
  std::vector<std::uint16_t> tokens_;
};

}  // namespace stepwell::policy
