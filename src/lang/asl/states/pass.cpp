#include "lang/asl/compiler.h"
#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {

namespace {

// Result is a constant, keys that end in ".$" included, and stands for the input, which nobody looks at then. Without
// it the result is what Parameters makes of the input.
class Pass final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Pass>();
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(definition, {definition, Outcome::input}));
    TRY_ASSIGN(state->arguments_, compiler.language().arguments(definition));
    if (const json::Value* result = definition.find("Result")) state->result_ = *result;
    state->next_ = compiler.next(definition);
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    if (result_) {
      activation.inspect(Stage::result, *result_);
      return flow_->exit(activation, *result_, next_.target());
    }
    TRY_ASSIGN(json::Value result, flow_->input(activation));
    if (arguments_) {
      TRY_ASSIGN(result, arguments_->evaluate(activation, result));
    }
    activation.inspect(Stage::arguments, result);
    return flow_->exit(activation, result, next_.target());
  }

 private:
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<Payload> arguments_;
  std::optional<json::Value> result_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Parameters", Languages::jsonpath},
    {"Result", Languages::jsonpath},
    {"ResultPath", Languages::jsonpath},
    {"Output", Languages::jsonata},
    {"Assign"},
};

}  // namespace

const StateKind pass_state{.name = "Pass", .fields = fields, .compile = Pass::compile};

}  // namespace stepwell::asl
