// Condition of a rule: true, false or an expression.
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonata_expression.h"

namespace stepwell::asl {

namespace {

class Constant final : public Condition {
 public:
  explicit Constant(bool holds) : holds_(holds) {}
  Evaluated<bool> holds(Activation&, const json::Value&) const override { return holds_; }

 private:
  bool holds_;
};

class ExpressionCondition final : public Condition {
 public:
  explicit ExpressionCondition(JsonataExpression expression) : expression_(std::move(expression)) {}
  Evaluated<bool> holds(Activation& activation, const json::Value&) const override {
    TRY_ASSIGN(const json::Value value, expression_.evaluate(JsonataScope(activation)));
    if (value.is_boolean()) return value.as_boolean();
    return std::unexpected(expression_.unexpected_type("boolean", value));
  }

 private:
  JsonataExpression expression_;
};

}  // namespace

Result<std::unique_ptr<Condition>> jsonata_condition(CompileContext context, const json::Value& rule,
                                                     std::string_view place) {
  const json::Value* definition = rule.find("Condition");
  if (definition == nullptr) return fail(invalid_definition("a rule has no 'Condition'"));
  if (definition->is_boolean()) return std::make_unique<Constant>(definition->as_boolean());
  const auto text = definition->is_string() ? jsonata_expression_in(definition->as_string()) : std::nullopt;
  if (!text) return fail(invalid_definition("'Condition' must be true, false or an expression"));
  TRY_ASSIGN(auto expression, JsonataExpression::compile(context, *text, std::string(place) + "Condition"));
  return std::make_unique<ExpressionCondition>(std::move(expression));
}

}  // namespace stepwell::asl
