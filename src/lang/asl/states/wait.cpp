#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/wake_up.h"
#include "lang/asl/states/state_kind.h"

namespace stepwell::asl {

namespace {

class Wait final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Wait>();
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(definition, {definition, Outcome::input}));
    TRY_ASSIGN(state->wake_up_, compiler.language().wake_up(definition));
    state->next_ = compiler.next(definition);
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    TRY_ASSIGN(const Timestamp until, wake_up_->time(activation, input));
    if (until - activation.now() > longest_wait) {
      return std::unexpected(runtime_failure("Wait state delay is too long."));
    }
    return Sleep{.until = until};
  }

  Evaluated<Step> resume(Activation& activation, const Answer&) const override {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    return at_work(flow_->exit(activation, input, next_.target()));
  }

 private:
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<WakeUp> wake_up_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Seconds"},
    {"SecondsPath", Languages::jsonpath},
    {"Timestamp"},
    {"TimestampPath", Languages::jsonpath},
    {"Output", Languages::jsonata},
    {"Assign"},
};

}  // namespace

const StateKind wait_state{.name = "Wait", .fields = fields, .compile = Wait::compile};

}  // namespace stepwell::asl
