#pragma once
// The parts that filter patterns are made of, and the three forms that compile to them.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/pattern.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::logs {

// What a pattern, or a part of it, says of a message.
class Condition {
 public:
  virtual ~Condition() = default;
  virtual bool holds(std::string_view message) const = 0;
};
using ConditionPtr = std::unique_ptr<Condition>;

// A pattern's text on its way through a compiler.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}
  void skip_spaces();
  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[at_]; }
  bool take(std::string_view token);  // when it stands here
  void require(std::string_view token) {
    if (!take(token)) fail(token);
  }
  // What stands between here and the closing quote or %, which stand around it; \" and \\ are undone in quotes.
  std::string quoted(char quote);
  // Everything up to one of these characters or a space.
  std::string_view word(std::string_view stops);
  // The error of the compilation, at this place; only the first counts.
  void fail(std::string_view expected);
  bool failed() const { return error_.has_value(); }
  const std::optional<Error>& error() const { return error_; }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::optional<Error> error_;
};

// A text that is looked for: with * for anything, or between % as a regular expression.
class Wanted {
 public:
  static Wanted text(std::string text);                          // as it is
  static Wanted wildcard(std::string text);                      // * is anything
  static Wanted read(Scanner& scanner, std::string_view stops);  // "…", %…% or a word

  bool equals(std::string_view value) const;       // the whole of it
  bool is_within(std::string_view message) const;  // somewhere in it
  const std::optional<double>& number() const { return number_; }

 private:
  std::string text_;
  bool has_wildcards_ = false;
  std::optional<double> number_;
  std::optional<wire::Pattern> whole_, within_;
};

enum class Comparison { equal, unequal, less, less_or_equal, greater, greater_or_equal };
std::optional<Comparison> read_comparison(Scanner& scanner);
// `value` is what a message has.
bool compare(std::string_view value, Comparison comparison, const Wanted& wanted);

ConditionPtr compile_terms(Scanner& scanner);    // terms.cpp
ConditionPtr compile_members(Scanner& scanner);  // members.cpp: { … }
ConditionPtr compile_columns(Scanner& scanner);  // columns.cpp: [ … ]

// Conditions joined by && and ||, in parentheses where wanted; `read_one` reads one of them.
template <typename Node, typename ReadOne>
struct Joined {
  struct Tree {
    bool all = true;  // &&, else ||
    std::vector<Tree> parts;
    std::optional<Node> node;
    template <typename Holds>
    bool holds(const Holds& of) const {
      if (node) return of(*node);
      const auto part_holds = [&](const Tree& part) { return part.holds(of); };
      return all ? std::ranges::all_of(parts, part_holds) : std::ranges::any_of(parts, part_holds);
    }
  };
  static constexpr std::size_t max_depth = 50;

  static Tree read(Scanner& scanner, const ReadOne& read_one, std::size_t depth = 0) {
    Tree any{.all = false, .parts = {}, .node = {}};
    do {
      Tree all;
      do all.parts.push_back(read_part(scanner, read_one, depth));
      while (next(scanner, "&&"));
      any.parts.push_back(std::move(all));
    } while (next(scanner, "||"));
    return any;
  }

 private:
  static bool next(Scanner& scanner, std::string_view token) {
    scanner.skip_spaces();
    return !scanner.failed() && scanner.take(token);
  }
  static Tree read_part(Scanner& scanner, const ReadOne& read_one, std::size_t depth) {
    scanner.skip_spaces();
    if (scanner.peek() != '(') return {.all = true, .parts = {}, .node = read_one(scanner)};
    if (depth == max_depth) {
      scanner.fail("fewer parentheses");
      return {};
    }
    scanner.require("(");
    Tree inner = read(scanner, read_one, depth + 1);
    scanner.skip_spaces();
    scanner.require(")");
    return inner;
  }
};

}  // namespace stepwell::logs
