#pragma once
// A regular expression in a filter: /…/ or /…/i, which must match a text as a whole.

#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace stepwell::jsonpath {

class Pattern {
 public:
  // Whether `text` has the form of a pattern; /eggs/cooked is a text.
  static bool looks_like(std::string_view text);
  // Error: what is wrong, for people. Matching takes time linear in the text; back-references and look-around are
  // refused.
  static std::expected<std::unique_ptr<Pattern>, std::string> compile(std::string_view text);

  ~Pattern();
  bool matches(std::string_view text) const;

 private:
  struct Compiled;
  explicit Pattern(std::unique_ptr<Compiled> compiled);
  std::unique_ptr<Compiled> compiled_;
};

}  // namespace stepwell::jsonpath
