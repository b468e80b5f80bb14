#include "lang/asl/data_flow/jsonata.h"

#include "lang/asl/data_flow/jsonata_scope.h"
#include "lang/asl/data_flow/jsonata_template.h"

namespace stepwell::asl {

namespace {

class TemplatePayload final : public Payload {
 public:
  TemplatePayload(std::string_view field, JsonataTemplate body) : field_(field), body_(std::move(body)) {}
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value&) const override {
    return body_.evaluate(JsonataScope(activation));
  }
  Failure refuse(std::string cause) const override { return evaluation_failure(std::move(cause), field_); }

 private:
  std::string field_;
  JsonataTemplate body_;
};

class Jsonata final : public Language {
 public:
  explicit Jsonata(CompileContext context) : context_(context) {}

  Result<std::unique_ptr<DataFlow>> data_flow(const json::Value&, const ExitPoint& exit) const override {
    return jsonata_data_flow(context_, exit);
  }
  Result<std::unique_ptr<Payload>> arguments(const json::Value& state) const override {
    return payload(state, "Arguments");
  }
  Result<std::unique_ptr<Payload>> payload(const json::Value& state, std::string_view field) const override {
    const json::Value* definition = state.find(field);
    if (definition == nullptr) return nullptr;
    TRY_ASSIGN(auto body, JsonataTemplate::compile(context_, *definition, std::string(field)));
    return std::make_unique<TemplatePayload>(field, std::move(body));
  }
  Result<std::unique_ptr<Setting>> setting(const json::Value& state, std::string_view field) const override {
    return jsonata_setting(context_, state, field);
  }
  Result<std::unique_ptr<Condition>> condition(const json::Value& rule, std::string_view place) const override {
    return jsonata_condition(context_, rule, place);
  }
  Result<std::unique_ptr<WakeUp>> wake_up(const json::Value& state) const override {
    return jsonata_wake_up(context_, state);
  }
  Result<std::unique_ptr<Items>> items(const json::Value& state) const override {
    return jsonata_items(context_, state);
  }

 private:
  CompileContext context_;
};

}  // namespace

std::unique_ptr<const Language> make_jsonata(CompileContext context) { return std::make_unique<Jsonata>(context); }

Failure evaluation_failure(std::string cause, std::string location) {
  return {.error = std::string(errors::query_evaluation_error),
          .cause = std::move(cause),
          .framed = true,
          .location = std::move(location)};
}

}  // namespace stepwell::asl
