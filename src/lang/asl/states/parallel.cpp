#include "lang/asl/compiler.h"
#include "lang/asl/error_handling.h"
#include "lang/asl/states/state_kind.h"
#include "lang/json/build.h"

namespace stepwell::asl {

namespace {

// Every branch gets the same input; the result is the array of their outputs in the order of the branches.
class Parallel final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Parallel>();
    const json::Value* branches = definition.find("Branches");
    if (branches == nullptr || !branches->is_array()) return fail(invalid_definition("'Branches' must be an array"));
    for (const json::Value& branch : branches->elements()) {
      TRY_ASSIGN(auto block, compiler.block(branch));
      state->branches_.push_back(std::move(block));
    }
    TRY_ASSIGN(state->flow_, compiler.language().data_flow(definition, {definition, Outcome::result}));
    TRY_ASSIGN(state->arguments_, compiler.language().arguments(definition));
    TRY_ASSIGN(state->errors_, ErrorHandling::compile(compiler, definition));
    state->next_ = compiler.next(definition);
    return state;
  }

  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, branch_input(activation));
    if (auto* kept = activation.kept()) *kept = input;
    return Fork{.count = static_cast<std::uint32_t>(branches_.size())};
  }

  Evaluated<Step> resume(Activation& activation, const Answer& answer) const override {
    const auto outputs = json::make_array(activation.arena(), std::get<ChildrenDone>(answer).outputs);
    return at_work(flow_->exit(activation, outputs, next_.target()));
  }

  Evaluated<Recovery> recover(Activation& activation, const Failure& failure,
                              std::span<const std::uint32_t> retries) const override {
    return errors_.recover(activation, failure, retries, StateType::Parallel);
  }
  std::size_t retriers() const override { return errors_.retriers(); }

  const Block* child_block(std::uint32_t index) const override { return branches_[index].get(); }

  Evaluated<json::Value> child_input(Activation& activation, std::uint32_t) const override {
    if (const auto* kept = activation.kept(); kept != nullptr && *kept) return **kept;
    return branch_input(activation);
  }

 private:
  Evaluated<json::Value> branch_input(Activation& activation) const {
    TRY_ASSIGN(const json::Value input, flow_->input(activation));
    if (!arguments_) return input;
    return arguments_->evaluate(activation, input);
  }

  std::vector<std::unique_ptr<Block>> branches_;
  std::unique_ptr<DataFlow> flow_;
  std::unique_ptr<Payload> arguments_;
  ErrorHandling errors_;
  Transition next_;
};

constexpr Field fields[] = {
    {"Branches", Languages::both, true},
    {"Next"},
    {"End"},
    {"InputPath", Languages::jsonpath},
    {"OutputPath", Languages::jsonpath},
    {"Parameters", Languages::jsonpath},
    {"ResultSelector", Languages::jsonpath},
    {"ResultPath", Languages::jsonpath},
    {"Arguments", Languages::jsonata},
    {"Output", Languages::jsonata},
    {"Assign"},
    {"Retry"},
    {"Catch"},
};

}  // namespace

const StateKind parallel_state{.name = "Parallel", .fields = fields, .compile = Parallel::compile};

}  // namespace stepwell::asl
