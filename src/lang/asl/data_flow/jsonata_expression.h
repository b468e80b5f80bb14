#pragma once
// One expression of a definition, "{% … %}", with the field it stands in: its failures name both, in AWS's words.

#include "lang/asl/data_flow/jsonata_scope.h"

#include <string>
#include <string_view>

namespace stepwell::asl {

// What stands between "{%" and "%}", without the spaces around it; nullopt where the delimiters do not begin and end
// the text.
std::optional<std::string_view> jsonata_expression_in(std::string_view text);

class JsonataExpression {
 public:
  // `location` of the field in the state: "Output/a/b[0]". Error "InvalidExpression".
  static Result<JsonataExpression> compile(CompileContext context, std::string_view expression, std::string location);

  // There is no value that is no failure: an undefined result and one that is no JSON are.
  Evaluated<json::Value> evaluate(const JsonataScope& scope) const;

  const std::string& location() const { return location_; }
  // Of a value that is not of the type that the field needs: "array", "boolean", "number", "string".
  Failure unexpected_type(std::string_view expected, const json::Value& value) const;

 private:
  JsonataExpression(jsonata::Expression program, std::string location, JsonataScope::Context context)
      : program_(std::move(program)), location_(std::move(location)), context_(context) {}
  Failure failure(std::string_view what) const;
  Failure failure(const jsonata::Error& error) const;

  jsonata::Expression program_;
  std::string location_;
  JsonataScope::Context context_;
};

}  // namespace stepwell::asl
