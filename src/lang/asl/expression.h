#pragma once
// Expressions of the JSONPath query language as they stand in definitions: a path ("$.a"), a path into the context
// object
// ("$$.Execution.Id"), a variable with an optional path ("$order.lines[0]") or an intrinsic function
// ("States.Format(…)").

#include "base/error.h"
#include "lang/asl/activation.h"
#include "lang/asl/failure.h"
#include "lang/json/value.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::asl {

class Expression {
 public:
  enum class Kind : std::uint8_t { path, context_path, variable, call };

  virtual ~Expression() = default;

  // `data` is what "$" means here: the effective input, or a result. A path that leads nowhere is States.Runtime in the
  // words of InputPath ("Invalid path '$.a' : No results for path: $['a']"); see `evaluate_field` for the other
  // wording. A path that ends behind the end of its array leads to null.
  virtual Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const = 0;

  // The same, where nothing at the path is no failure but an answer. An index behind the end of its array is nothing
  // too, or null, which is what payload templates see.
  enum class IndexBehindEnd : std::uint8_t { nothing, null };
  virtual Evaluated<std::optional<json::Value>> find(Activation& activation, const json::Value& data,
                                                     IndexBehindEnd behind_end) const = 0;

  // The names of the variables that are read, added to `names`; the views live as long as this does.
  virtual void add_variables(std::vector<std::string_view>&) const {}

  Kind kind() const { return kind_; }
  // As written.
  const std::string& text() const { return text_; }
  // "$": evaluates to the data itself.
  bool is_root() const { return text_ == "$"; }

  // Error "InvalidExpression" whose message tells what is wrong, in a form fit for a diagnostic's hint.
  static Result<std::unique_ptr<Expression>> compile(std::string_view text);

 protected:
  Expression(Kind kind, std::string_view text) : kind_(kind), text_(text) {}

 private:
  Kind kind_;
  std::string text_;
};

// For the field "a.$" of a template or a field like CausePath: a path that leads nowhere is "The JSONPath '$.b'
// specified for the field 'a.$' could not be found in the input '{…}'".
Evaluated<json::Value> evaluate_field(const Expression& expression, Activation& activation, const json::Value& data,
                                      std::string_view field);

Error invalid_expression(std::string message);

}  // namespace stepwell::asl
