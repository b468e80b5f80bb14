#pragma once
// Expressions of the JSONPath query language as they stand in definitions: a path ("$.a"), a path into the context object
// ("$$.Execution.Id"), a variable with an optional path ("$order.lines[0]") or an intrinsic function ("States.Format(…)").

#include <memory>
#include <string_view>

#include "base/error.h"
#include "lang/asl/activation.h"
#include "lang/asl/failure.h"
#include "lang/json/value.h"

namespace stepwell::asl {

class Expression {
 public:
  virtual ~Expression() = default;

  // `data` is what "$" means here: the effective input, or a result.
  virtual Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const = 0;

  // Error "InvalidExpression" whose message tells what is wrong, in a form fit for a diagnostic's hint.
  static Result<std::unique_ptr<Expression>> compile(std::string_view text);
};

}  // namespace stepwell::asl
