#pragma once
// A call of an intrinsic function: States.Name(argument, …). Arguments are strings in single quotes, numbers, true,
// false, null, paths, context paths, variables and nested calls, at most ten deep (spec §1.8).

#include "lang/asl/expression.h"
#include "lang/asl/intrinsics/intrinsic.h"

#include <vector>

namespace stepwell::asl {

class CallExpression final : public Expression {
 public:
  static constexpr std::size_t max_nesting = 10;

  // A literal has no expression.
  struct Argument {
    std::unique_ptr<Expression> expression;
    json::Value literal;
  };

  static Result<std::unique_ptr<Expression>> compile(std::string_view text);

  // `literals` holds what the literals among `arguments` refer to.
  CallExpression(std::string_view text, const Intrinsic& intrinsic, std::vector<Argument> arguments,
                 json::Arena literals)
      : Expression(Kind::call, text),
        intrinsic_(&intrinsic),
        arguments_(std::move(arguments)),
        literals_(std::move(literals)) {}

  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& data) const override;
  Evaluated<std::optional<json::Value>> find(Activation& activation, const json::Value& data,
                                             IndexBehindEnd behind_end) const override;
  void add_variables(std::vector<std::string_view>& names) const override;
  const Intrinsic& intrinsic() const { return *intrinsic_; }
  const std::vector<Argument>& arguments() const { return arguments_; }

 private:
  Evaluated<json::Value> argument(const Argument& argument, Activation& activation, const json::Value& data) const;

  const Intrinsic* intrinsic_;
  std::vector<Argument> arguments_;
  json::Arena literals_;
};

}  // namespace stepwell::asl
