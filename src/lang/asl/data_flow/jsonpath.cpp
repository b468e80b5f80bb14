#include "lang/asl/data_flow/jsonpath.h"

#include "lang/asl/template.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class TemplatePayload final : public Payload {
 public:
  explicit TemplatePayload(Template body) : body_(std::move(body)) {}
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& input) const override {
    return body_.evaluate(activation, input);
  }
  Failure refuse(std::string cause) const override { return runtime_failure(std::move(cause)); }

 private:
  Template body_;
};

class Jsonpath final : public Language {
 public:
  explicit Jsonpath(CompileContext context) : context_(context) {}

  Result<std::unique_ptr<DataFlow>> data_flow(const json::Value& state, const ExitPoint& exit) const override {
    return jsonpath_data_flow(context_, state, exit.fields);
  }
  Result<std::unique_ptr<Payload>> arguments(const json::Value& state) const override {
    return payload(state, "Parameters");
  }
  Result<std::unique_ptr<Payload>> payload(const json::Value& state, std::string_view field) const override {
    const json::Value* definition = state.find(field);
    if (definition == nullptr) return nullptr;
    TRY_ASSIGN(auto body, Template::compile(*definition));
    body.add_variables(context_.variables);
    return std::make_unique<TemplatePayload>(std::move(body));
  }
  Result<std::unique_ptr<Setting>> setting(const json::Value& state, std::string_view field) const override {
    return jsonpath_setting(context_, state, field);
  }
  Result<std::unique_ptr<Condition>> condition(const json::Value& rule, std::string_view) const override {
    return jsonpath_condition(context_, rule);
  }
  Result<std::unique_ptr<WakeUp>> wake_up(const json::Value& state) const override {
    return jsonpath_wake_up(context_, state);
  }
  Result<std::unique_ptr<Items>> items(const json::Value& state) const override {
    return jsonpath_items(context_, state);
  }

 private:
  CompileContext context_;
};

}  // namespace

std::unique_ptr<const Language> make_jsonpath(CompileContext context) { return std::make_unique<Jsonpath>(context); }

Result<std::unique_ptr<Expression>> compile_path(CompileContext context, std::string_view field,
                                                 const json::Value& definition) {
  if (!definition.is_string()) return fail(invalid_expression(fmt::format("'{}' must be a path", field)));
  TRY_ASSIGN(auto path, Expression::compile(definition.as_string()));
  path->add_variables(context.variables);
  return path;
}

}  // namespace stepwell::asl
