#pragma once
// JSONPath as the Amazon States Language uses it: AWS evaluates with Jayway's library, so its grammar, results and failure
// texts are the ones kept here (spec §1.4).
//
// A Path is compiled once and evaluated many times; results share the input's values (no copy).
//   definite    names one place:  $.a.b[0]  $['x y']         → one value, or NotFound
//   indefinite  may name many:    $.a[*]  $..b  $.a[1:3]  $.a[?(@.p > 1)]  $.a[0,1]   → always an array, maybe empty

#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lang/json/value.h"

namespace stepwell::jsonpath {

struct CompileError {
  std::string message;  // for people
  std::size_t offset;   // byte in the path
};

struct EvaluationError {
  // Jayway's text without the leading path: "No results for path: $['X']", "Missing property in path $['no']", …
  std::string message;
};

class Path {
 public:
  // `text` begins with '$' (the root); '$$' and variables ('$name') are resolved by the caller, who hands in the text
  // from the root on (see `asl/expression.h`).
  static std::expected<Path, CompileError> compile(std::string_view text);

  Path(Path&&) noexcept;
  Path& operator=(Path&&) noexcept;
  ~Path();

  std::string_view text() const;
  bool is_root() const;       // "$"
  bool is_definite() const;
  // A reference path: names and non-negative indexes only ($.a['b'][0]); what ResultPath and Choice's Variable take.
  bool is_reference() const;

  std::expected<json::Value, EvaluationError> evaluate(json::Arena& arena, const json::Value& root) const;

  // For reference paths: `root` with `value` at this path, sharing all that is unchanged; missing objects are made.
  // Error when a step meets something that is no object or no element.
  std::expected<json::Value, EvaluationError> insert(json::Arena& arena, const json::Value& root,
                                                     const json::Value& value) const;

 private:
  struct Program;
  explicit Path(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

}  // namespace stepwell::jsonpath
