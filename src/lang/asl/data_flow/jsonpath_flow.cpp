// InputPath → … → ResultSelector → ResultPath → OutputPath, and Assign. Assign sees the result as it came, before
// ResultSelector, and variables as they were when the state was entered.
#include "lang/asl/data_flow/jsonpath.h"
#include "lang/asl/data_flow/reference_path.h"
#include "lang/asl/template.h"

namespace stepwell::asl {

namespace {

// InputPath, OutputPath: absent or "$" pass everything, null passes an empty object.
class Filter {
 public:
  static Result<Filter> compile(CompileContext context, const json::Value& state, std::string_view field) {
    Filter filter;
    const json::Value* definition = state.find(field);
    if (definition == nullptr) return filter;
    if (definition->is_null()) {
      filter.constant_ = json::Value::object(context.arena, {});
      return filter;
    }
    TRY_ASSIGN(auto path, compile_path(context, field, *definition));
    if (!path->is_root()) filter.path_ = std::move(path);
    return filter;
  }

  Evaluated<json::Value> apply(Activation& activation, const json::Value& data) const {
    if (path_) return path_->evaluate(activation, data);
    return constant_.value_or(data);
  }

 private:
  std::unique_ptr<Expression> path_;
  std::optional<json::Value> constant_;
};

// Assign: a template whose members are the variables.
class Assigner {
 public:
  static Result<Assigner> compile(CompileContext context, const json::Value* definition) {
    Assigner assigner;
    if (definition == nullptr) return assigner;
    TRY_ASSIGN(auto body, Template::compile(*definition));
    if (body.is_constant()) {
      assigner.constant_ = assignments(context.arena, *definition);
    } else {
      body.add_variables(context.variables);
      assigner.body_ = std::move(body);
    }
    return assigner;
  }

  Evaluated<std::span<const Assignment>> apply(Activation& activation, const json::Value& data) const {
    if (!body_) return constant_;
    TRY_ASSIGN(const json::Value variables, body_->evaluate(activation, data));
    return assignments(activation.arena(), variables);
  }

 private:
  static std::span<const Assignment> assignments(json::Arena& arena, const json::Value& variables) {
    const auto members = variables.members();
    const auto result = arena.make_array<Assignment>(members.size());
    for (std::size_t i = 0; i < members.size(); ++i) result[i] = {.name = members[i].key, .value = members[i].value};
    return result;
  }

  std::optional<Template> body_;
  std::span<const Assignment> constant_;
};

class JsonpathFlow final : public DataFlow {
 public:
  static Result<std::unique_ptr<DataFlow>> compile(CompileContext context, const json::Value& state,
                                                   const json::Value& exit) {
    auto flow = std::make_unique<JsonpathFlow>();
    TRY_ASSIGN(flow->input_, Filter::compile(context, state, "InputPath"));
    TRY_ASSIGN(flow->output_, Filter::compile(context, state, "OutputPath"));
    TRY_ASSIGN(flow->result_path_, ResultPath::compile(state.find("ResultPath")));
    if (const json::Value* selector = state.find("ResultSelector")) {
      TRY_ASSIGN(flow->selector_, Template::compile(*selector));
      flow->selector_->add_variables(context.variables);
    }
    TRY_ASSIGN(flow->assigner_, Assigner::compile(context, exit.find("Assign")));
    return flow;
  }

  Evaluated<json::Value> input(Activation& activation) const override {
    auto input = input_.apply(activation, activation.input());
    if (input) activation.inspect(Stage::input_path, *input);
    return input;
  }

  Evaluated<Exit> exit(Activation& activation, const json::Value& result, const State* next) const override {
    json::Value selected = result;
    if (selector_) {
      TRY_ASSIGN(selected, selector_->evaluate(activation, result));
    }
    activation.inspect(Stage::result_selector, selected);
    TRY_ASSIGN(const json::Value placed, result_path_.place(activation, selected));
    activation.inspect(Stage::result_path, placed);
    TRY_ASSIGN(const json::Value output, output_.apply(activation, placed));
    TRY_ASSIGN(const auto assigned, assigner_.apply(activation, result));
    return Exit{.output = output, .next = next, .assigned = assigned};
  }

 private:
  Filter input_;
  Filter output_;
  ResultPath result_path_;
  std::optional<Template> selector_;
  Assigner assigner_;
};

}  // namespace

Result<std::unique_ptr<DataFlow>> jsonpath_data_flow(CompileContext context, const json::Value& state,
                                                     const json::Value& exit) {
  return JsonpathFlow::compile(context, state, exit);
}

}  // namespace stepwell::asl
