#include "lang/asl/compiler.h"
#include "lang/asl/states/state_kind.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class Choice final : public State {
 public:
  static Result<std::unique_ptr<State>> compile(Compiler& compiler, const json::Value& definition) {
    auto state = std::make_unique<Choice>();
    const json::Value* choices = definition.find("Choices");
    if (choices == nullptr || !choices->is_array()) return fail(invalid_definition("'Choices' must be an array"));
    for (std::size_t i = 0; i < choices->size(); ++i) {
      TRY_ASSIGN(auto compiled, compile_rule(compiler, definition, choices->elements()[i], i));
      state->rules_.push_back(std::move(compiled));
    }
    TRY_ASSIGN(state->otherwise_, compiler.language().data_flow(definition, {definition, Outcome::input}));
    if (const json::Value* name = definition.find("Default"); name != nullptr && name->is_string()) {
      state->default_ = compiler.transition_to(name->as_string());
    }
    return state;
  }

  // The first rule that holds is taken, with its own Assign and Output; those of the state go with Default.
  Evaluated<Step> enter(Activation& activation) const override {
    TRY_ASSIGN(const json::Value input, otherwise_->input(activation));
    for (const Rule& rule : rules_) {
      TRY_ASSIGN(const bool holds, rule.condition->holds(activation, input));
      if (holds) return rule.flow->exit(activation, input, rule.next.target());
    }
    if (default_.target() != nullptr) return otherwise_->exit(activation, input, default_.target());
    return std::unexpected(
        runtime_failure("Failed to transition out of the state. The state does not point to a next state."));
  }

 private:
  struct Rule {
    std::unique_ptr<Condition> condition;
    std::unique_ptr<DataFlow> flow;
    Transition next;
  };

  static Result<Rule> compile_rule(Compiler& compiler, const json::Value& state, const json::Value& definition,
                                   std::size_t index) {
    Rule rule;
    const std::string place = fmt::format("Choices[{}]/", index);
    TRY_ASSIGN(rule.condition, compiler.language().condition(definition, place));
    TRY_ASSIGN(rule.flow, compiler.language().data_flow(state, {definition, Outcome::input, place}));
    rule.next = compiler.next(definition);
    if (definition.find("Next") == nullptr) return fail(invalid_definition("a rule has no 'Next'"));
    return rule;
  }

  std::vector<Rule> rules_;
  std::unique_ptr<DataFlow> otherwise_;
  Transition default_;
};

constexpr Field fields[] = {
    {"InputPath", Languages::jsonpath}, {"OutputPath", Languages::jsonpath},
    {"Choices", Languages::both, true}, {"Default"},
    {"Output", Languages::jsonata},     {"Assign"},
};

}  // namespace

const StateKind choice_state{.name = "Choice", .fields = fields, .compile = Choice::compile};

}  // namespace stepwell::asl
