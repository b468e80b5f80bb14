#pragma once
// The expressions that are paths: into the data, the context object or a variable.

#include "lang/asl/expression.h"
#include "lang/jsonpath/path.h"

namespace stepwell::asl {

// "$", "$.a[0]"
class PathExpression final : public Expression {
 public:
  static Result<std::unique_ptr<Expression>> compile(std::string_view text);
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const override;
  Evaluated<std::optional<json::Value>> find(Activation& activation, const json::Value& data,
                                             IndexBehindEnd behind_end) const override;
  const jsonpath::Path& path() const { return path_; }

 private:
  PathExpression(std::string_view text, jsonpath::Path path) : Expression(Kind::path, text), path_(std::move(path)) {}
  jsonpath::Path path_;
};

// "$$", "$$.Execution.Id"
class ContextPathExpression final : public Expression {
 public:
  static Result<std::unique_ptr<Expression>> compile(std::string_view text);
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const override;
  Evaluated<std::optional<json::Value>> find(Activation& activation, const json::Value& data,
                                             IndexBehindEnd behind_end) const override;

 private:
  ContextPathExpression(std::string_view text, jsonpath::Path path)
      : Expression(Kind::context_path, text), path_(std::move(path)) {}
  jsonpath::Path path_;
};

// "$order", "$order.lines[0]"
class VariableExpression final : public Expression {
 public:
  static Result<std::unique_ptr<Expression>> compile(std::string_view text);
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const override;
  Evaluated<std::optional<json::Value>> find(Activation& activation, const json::Value& data,
                                             IndexBehindEnd behind_end) const override;
  void add_variables(std::vector<std::string_view>& names) const override { names.push_back(name_); }
  const std::string& name() const { return name_; }

 private:
  VariableExpression(std::string_view text, std::string_view name, jsonpath::Path path)
      : Expression(Kind::variable, text), name_(name), path_(std::move(path)) {}
  std::string name_;
  jsonpath::Path path_;  // below the variable's value
};

// How many bytes of `text`, which begins with '$', are the variable's name behind it; 0: no variable but a path.
std::size_t variable_name_length(std::string_view text);

}  // namespace stepwell::asl
