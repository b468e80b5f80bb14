#include "lang/asl/compiler.h"
#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {

namespace {

class Fail final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Fail>();
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(definition, {definition, Outcome::input}));
    TRY_ASSIGN(state->error_, compiler.language().setting(definition, "Error"));
    TRY_ASSIGN(state->cause_, compiler.language().setting(definition, "Cause"));
    return state;
  }

  // What a Fail state reports is passed on as it is, and absent where the state says nothing.
  Evaluated<Step> enter(Activation& activation) const override {
    Failure failure;
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    if (error_) {
      TRY_ASSIGN(failure.error, error_->text(activation, input));
    }
    if (cause_) {
      TRY_ASSIGN(failure.cause, cause_->text(activation, input));
    }
    return std::unexpected(std::move(failure));
  }

 private:
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<Setting> error_;
  std::unique_ptr<Setting> cause_;
};

constexpr Field fields[] = {
    {"Error"},
    {"ErrorPath", Languages::jsonpath},
    {"Cause"},
    {"CausePath", Languages::jsonpath},
};

}  // namespace

const StateKind fail_state{.name = "Fail", .fields = fields, .compile = Fail::compile};

}  // namespace stepwell::asl
