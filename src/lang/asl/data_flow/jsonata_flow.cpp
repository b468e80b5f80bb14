// Output and Assign. Both see the variables as they were when the state was entered.
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonata_template.h"

namespace stepwell::asl {

namespace {

std::span<const Assignment> assignments(json::Arena& arena, const json::Value& variables) {
  const auto members = variables.members();
  const auto result = arena.make_array<Assignment>(members.size());
  for (std::size_t i = 0; i < members.size(); ++i) result[i] = {.name = members[i].key, .value = members[i].value};
  return result;
}

class JsonataFlow final : public DataFlow {
 public:
  static Result<std::unique_ptr<DataFlow>> compile(CompileContext context, const ExitPoint& exit) {
    auto flow = std::make_unique<JsonataFlow>();
    flow->outcome_ = exit.outcome;
    if (const json::Value* output = exit.fields.find("Output")) {
      TRY_ASSIGN(flow->output_, JsonataTemplate::compile(context, *output, exit.place + "Output"));
    }
    if (const json::Value* assign = exit.fields.find("Assign")) {
      if (!assign->is_object()) return fail(invalid_definition("'Assign' must be an object"));
      TRY_ASSIGN(flow->assign_, JsonataTemplate::compile(context, *assign, exit.place + "Assign"));
      if (const json::Value* constant = flow->assign_->constant()) {
        flow->constant_ = assignments(context.arena, *constant);
      }
    }
    return flow;
  }

  Evaluated<json::Value> input(Activation& activation) const override { return activation.input(); }

  // Without Output the state is left with what it has come to.
  Evaluated<Exit> exit(Activation& activation, const json::Value& result, const State* next) const override {
    const JsonataScope scope(activation, outcome_, result);
    Exit exit{.output = result, .next = next, .assigned = constant_};
    if (assign_ && assign_->constant() == nullptr) {
      TRY_ASSIGN(const json::Value variables, assign_->evaluate(scope));
      exit.assigned = assignments(activation.arena(), variables);
    }
    if (output_) {
      TRY_ASSIGN(exit.output, output_->evaluate(scope));
    }
    return exit;
  }

 private:
  Outcome outcome_ = Outcome::input;
  std::optional<JsonataTemplate> output_;
  std::optional<JsonataTemplate> assign_;
  std::span<const Assignment> constant_;  // where Assign holds no expression
};

}  // namespace

Result<std::unique_ptr<DataFlow>> jsonata_data_flow(CompileContext context, const ExitPoint& exit) {
  return JsonataFlow::compile(context, exit);
}

}  // namespace stepwell::asl
