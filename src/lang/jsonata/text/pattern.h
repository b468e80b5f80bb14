#pragma once
// A regular expression as ECMAScript writes it, matched in time linear in the text (RE2). Back-references and
// look-around cannot be matched so and are refused when the expression is compiled; characters are code points.

#include "lang/jsonata/value/budget.h"

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonata {

class Pattern {
 public:
  // `flags`: of i (any case) and m (^ and $ match at lines). Error: what is wrong, for people.
  static std::expected<std::unique_ptr<Pattern>, std::string> compile(std::string_view text, std::string_view flags);
  ~Pattern();

  struct Match {
    std::size_t begin;  // bytes
    std::size_t end;
    std::vector<std::optional<std::string_view>> groups;  // nullopt: took no part
  };
  // The first match that begins at byte `from` or behind it. Nothing is found any more when `budget` is exceeded.
  std::optional<Match> find(std::string_view text, std::size_t from, Budget& budget) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace stepwell::jsonata
