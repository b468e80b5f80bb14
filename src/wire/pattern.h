#pragma once
// A pattern of a service model: a regular expression in Java's dialect that the whole of a text must satisfy. Compiled
// once, matched in linear time (RE2).

#include "base/error.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace re2 {
class RE2;
}

namespace stepwell::wire {

class Pattern {
 public:
  // Error for an expression that cannot be expressed here (a bug of this program, found by its tests).
  static Result<Pattern> compile(std::string_view expression);
  // Whether every text satisfies the expression, so that compiling it would be a waste.
  static bool is_trivial(std::string_view expression);

  bool matches(std::string_view text) const;

 private:
  using Condition = bool (*)(std::string_view text);
  Pattern(std::shared_ptr<const re2::RE2> expression, Condition condition)
      : expression_(std::move(expression)), condition_(condition) {}

  std::shared_ptr<const re2::RE2> expression_;
  Condition condition_;  // what the expression says by looking around; may be null
};

// One that is compiled when it is first needed: a model has many patterns, and most are never asked.
class PatternOnDemand {
 public:
  explicit PatternOnDemand(std::string_view expression) : expression_(expression) {}
  Result<void> compile() const;
  bool matches(std::string_view text) const;  // of an expression that can be compiled

 private:
  std::string expression_;
  mutable std::optional<Result<Pattern>> compiled_;
};

}  // namespace stepwell::wire
