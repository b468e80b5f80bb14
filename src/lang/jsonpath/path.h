#pragma once
// JSONPath as the Amazon States Language uses it: AWS evaluates with Jayway's JsonPath, so its grammar, results and
// failure texts are the ones kept here (spec §1.4). What AWS answers fits that library's version 2.0.0 reading
// Jackson's trees:
//   - no functions: "$.list.length()" asks for a member called "length()";
//   - an index counts from the start; the end is reached by $.a[(@.length-1)] or by a slice;
//   - an index past the end is null, where a path goes on as well as in the array of an indefinite path;
//   - names in brackets stand in single quotes and are taken literally, without escapes;
//   - in a filter, text without quotes is a string, parentheses do not group (&& binds tighter than ||), paths are
//   definite.
//
// A Path is compiled once and evaluated many times; results share the input's values (no copy).
//   definite    names one place:  $.a.b[0]  $['x y']  $.a[(@.length-1)]  $['a','b']  → one value, or an error
//   indefinite  may name many:    $.a[*]  $..b  $.a[1:3]  $.a[?(@.p > 1)]  $.a[0,1]  → an array, maybe empty
// An indefinite path on missing data is empty ($.no[*] on {}); it fails where a step meets the wrong kind ($[1:] on {})
// or a last name is missing behind a filter or slice, unless a wildcard over an array stands before, which drops such
// elements.

#include "base/budget.h"
#include "lang/json/value.h"

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace stepwell::jsonpath {

struct CompileError {
  std::string message;  // for people
  std::size_t offset;   // byte in the path
};

struct EvaluationError {
  enum class Kind : std::uint8_t {
    not_found,           // nothing stands there
    index_out_of_range,  // a definite path ends in an index that the array does not have (null in a payload template)
    invalid,             // a step cannot be applied to what it meets
    limit,               // the path visits too many values, or more than the budget allows
  };
  Kind kind;
  // Jayway's text without the leading path: "No results for path: $['X']", "Missing property in path $['no']", …
  std::string message;
};

struct Program;

class Path {
 public:
  static constexpr std::size_t max_length = 16U << 10U;  // bytes of a path
  static constexpr std::size_t max_steps = 256;
  static constexpr std::size_t max_visits = 2'000'000;  // steps of one evaluation

  // `text` begins with '$' (the root); '$$' and variables ('$name') are resolved by the caller, who hands in the text
  // from the root on (see `asl/expression.h`).
  static std::expected<Path, CompileError> compile(std::string_view text);

  Path(Path&&) noexcept;
  Path& operator=(Path&&) noexcept;
  ~Path();

  std::string_view text() const;
  bool is_root() const;  // "$"
  bool is_definite() const;
  // A reference path: names and non-negative indexes only ($.a['b'][0]); what ResultPath and Choice's Variable take.
  bool is_reference() const;

  // Spends a step for each value that is looked at.
  std::expected<json::Value, EvaluationError> evaluate(json::Arena& arena, const json::Value& root,
                                                       Budget& budget) const;
  // The same, bounded by `max_visits` alone.
  std::expected<json::Value, EvaluationError> evaluate(json::Arena& arena, const json::Value& root) const;

  // For reference paths: `root` with `value` at this path, sharing all that is unchanged; missing objects are made.
  // Error when a step meets something that is no object or no element.
  std::expected<json::Value, EvaluationError> insert(json::Arena& arena, const json::Value& root,
                                                     const json::Value& value) const;

 private:
  explicit Path(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace stepwell::jsonpath
