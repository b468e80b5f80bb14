#include "lang/asl/compiler.h"
#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {

namespace {

class Succeed final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Succeed>();
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(definition, {definition, Outcome::input}));
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    return flow_->exit(activation, input, nullptr);
  }

 private:
  std::unique_ptr<DataFlow> flow_;
};

constexpr Field fields[] = {
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Output", Languages::jsonata},
};

}  // namespace

const StateKind succeed_state{.name = "Succeed", .fields = fields, .compile = Succeed::compile};

}  // namespace stepwell::asl
