// Rules of Choice states in JSONPath: And, Or, Not and comparisons of a Variable.
#include "lang/asl/choice/operators.h"
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonpath.h"
#include "lang/asl/expression.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

using Conditions = std::vector<std::unique_ptr<Condition>>;

// And, Or: evaluated in their order until one decides.
class Combination final : public Condition {
 public:
  Combination(bool deciding, Conditions parts) : deciding_(deciding), parts_(std::move(parts)) {}
  Evaluated<bool> holds(Activation& activation, const json::Value& input) const override {
    for (const auto& part : parts_) {
      TRY_ASSIGN(const bool holds, part->holds(activation, input));
      if (holds == deciding_) return deciding_;
    }
    return !deciding_;
  }

 private:
  bool deciding_;
  Conditions parts_;
};

class Negation final : public Condition {
 public:
  explicit Negation(std::unique_ptr<Condition> part) : part_(std::move(part)) {}
  Evaluated<bool> holds(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const bool holds, part_->holds(activation, input));
    return !holds;
  }

 private:
  std::unique_ptr<Condition> part_;
};

class Presence final : public Condition {
 public:
  Presence(std::unique_ptr<Expression> variable, bool wanted) : variable_(std::move(variable)), wanted_(wanted) {}
  Evaluated<bool> holds(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const auto value, variable_->find(activation, input, Expression::IndexBehindEnd::nothing));
    return value.has_value() == wanted_;
  }

 private:
  std::unique_ptr<Expression> variable_;
  bool wanted_;
};

// The value at a path that must lead somewhere.
Evaluated<json::Value> value_at(const Expression& path, Activation& activation, const json::Value& input) {
  TRY_ASSIGN(const auto value, path.find(activation, input, Expression::IndexBehindEnd::nothing));
  if (value) return *value;
  return std::unexpected(runtime_failure(
      fmt::format("Invalid path '{}': The choice state's condition path references an invalid value.", path.text())));
}

class Comparison final : public Condition {
 public:
  Comparison(const ChoiceOperator& op, std::unique_ptr<Expression> variable, const json::Value& operand,
             std::unique_ptr<Expression> operand_path)
      : test_(op.test),
        wanted_(op.operand != ChoiceOperator::Operand::flag || operand.as_boolean()),
        variable_(std::move(variable)),
        operand_(operand),
        operand_path_(std::move(operand_path)) {}

  Evaluated<bool> holds(Activation& activation, const json::Value& input) const override {
    TRY_ASSIGN(const json::Value value, value_at(*variable_, activation, input));
    json::Value operand = operand_;
    if (operand_path_) {
      TRY_ASSIGN(operand, value_at(*operand_path_, activation, input));
    }
    if (activation.budget().spend(text_steps(text_size(value) + text_size(operand)))) {
      return test_(value, operand) == wanted_;
    }
    return std::unexpected(runtime_failure("Evaluating the choice rules takes too long."));
  }

 private:
  static std::size_t text_size(const json::Value& value) {
    return value.is_string() || value.is_number() ? value.size() : 0;
  }
  bool (*test_)(const json::Value&, const json::Value&);
  bool wanted_;
  std::unique_ptr<Expression> variable_;
  json::Value operand_;
  std::unique_ptr<Expression> operand_path_;
};

Result<Conditions> compile_all(CompileContext context, const json::Value& rules) {
  Conditions conditions;
  if (!rules.is_array()) return fail(invalid_definition("'And' and 'Or' must be arrays"));
  for (const json::Value& rule : rules.elements()) {
    TRY_ASSIGN(auto condition, jsonpath_condition(context, rule));
    conditions.push_back(std::move(condition));
  }
  return conditions;
}

Result<std::unique_ptr<Condition>> compile_comparison(CompileContext context, const ChoiceOperator& op,
                                                      const json::Value& variable, const json::Value& operand) {
  using enum ChoiceOperator::Operand;
  TRY_ASSIGN(auto where, compile_path(context, "Variable", variable));
  if ((op.operand == flag || op.operand == presence) && !operand.is_boolean()) {
    return fail(invalid_definition(fmt::format("'{}' must be true or false", op.name)));
  }
  if (op.operand == presence) return std::make_unique<Presence>(std::move(where), operand.as_boolean());
  std::unique_ptr<Expression> operand_path;
  if (op.operand == path) {
    TRY_ASSIGN(operand_path, compile_path(context, op.name, operand));
  }
  return std::make_unique<Comparison>(op, std::move(where), operand, std::move(operand_path));
}

}  // namespace

Result<std::unique_ptr<Condition>> jsonpath_condition(CompileContext context, const json::Value& rule) {
  if (const json::Value* parts = rule.find("And")) {
    TRY_ASSIGN(auto conditions, compile_all(context, *parts));
    return std::make_unique<Combination>(false, std::move(conditions));
  }
  if (const json::Value* parts = rule.find("Or")) {
    TRY_ASSIGN(auto conditions, compile_all(context, *parts));
    return std::make_unique<Combination>(true, std::move(conditions));
  }
  if (const json::Value* part = rule.find("Not")) {
    TRY_ASSIGN(auto condition, jsonpath_condition(context, *part));
    return std::make_unique<Negation>(std::move(condition));
  }
  const json::Value* variable = rule.find("Variable");
  if (variable == nullptr) return fail(invalid_definition("a rule needs And, Or, Not or Variable"));
  for (const json::Member& member : rule.members()) {
    if (const ChoiceOperator* op = find_choice_operator(member.key)) {
      return compile_comparison(context, *op, *variable, member.value);
    }
  }
  return fail(invalid_definition("a rule compares nothing"));
}

}  // namespace stepwell::asl
