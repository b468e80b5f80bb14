#pragma once
// Filters: [?(@.a == 'x' && @.b || !@.c)]. The criteria between two || must all hold; one such group suffices.

#include "base/budget.h"
#include "lang/json/value.h"
#include "lang/jsonpath/filter/pattern.h"
#include "lang/jsonpath/path.h"

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::jsonpath {

struct Program;

enum class Operator : std::uint8_t {
  exists,
  absent,
  equal,
  not_equal,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  matches,
};

// One side of a criterion: a path, a regular expression, or a text (a literal is always text: 5 is "5", true is
// "true").
struct Operand {
  std::string text;
  std::unique_ptr<Pattern> pattern;
  std::unique_ptr<Program> path;
  bool from_root = false;  // the path begins with '$', not '@'
};

struct Criterion {
  Operand left;
  Operator op = Operator::exists;
  Operand right;
};

struct Filter {
  static constexpr std::size_t max_size = 64;

  using Group = std::vector<Criterion>;
  std::vector<Group> groups;

  Filter();
  Filter(Filter&&) noexcept;
  ~Filter();

  std::size_t size() const;  // criteria

  // `text` is what stands between "?(" and ")", at `base` in the path.
  static std::expected<Filter, CompileError> compile(std::string_view text, std::size_t base);

  // Whether `item` is selected. What is not found makes a criterion false; other errors are the filter's. Spends
  // steps for the paths of the criteria and the texts that they compare.
  std::expected<bool, EvaluationError> accepts(json::Arena& arena, const json::Value& root, const json::Value& item,
                                               Budget& budget) const;
};

}  // namespace stepwell::jsonpath
