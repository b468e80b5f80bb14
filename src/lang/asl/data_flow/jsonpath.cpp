#include "lang/asl/data_flow/jsonpath.h"

#include "lang/asl/template.h"

namespace stepwell::asl {

namespace {

class TemplatePayload final : public Payload {
 public:
  explicit TemplatePayload(Template body) : body_(std::move(body)) {}
  Evaluated<json::Value> evaluate(Activation& activation, const json::Value& input) const override {
    return body_.evaluate(activation, input);
  }

 private:
  Template body_;
};

class Jsonpath final : public Language {
 public:
  Result<std::unique_ptr<DataFlow>> data_flow(json::Arena& arena, const json::Value& state,
                                              const json::Value& exit) const override {
    return jsonpath_data_flow(arena, state, exit);
  }
  Result<std::unique_ptr<Payload>> arguments(const json::Value& state) const override {
    return payload(state, "Parameters");
  }
  Result<std::unique_ptr<Payload>> payload(const json::Value& state, std::string_view field) const override {
    const json::Value* definition = state.find(field);
    if (definition == nullptr) return nullptr;
    TRY_ASSIGN(auto body, Template::compile(*definition));
    return std::make_unique<TemplatePayload>(std::move(body));
  }
  Result<std::unique_ptr<Setting>> setting(const json::Value& state, std::string_view field) const override {
    return jsonpath_setting(state, field);
  }
  Result<std::unique_ptr<Condition>> condition(const json::Value& rule) const override {
    return jsonpath_condition(rule);
  }
};

}  // namespace

const Language& jsonpath_language() {
  static const Jsonpath language;
  return language;
}

}  // namespace stepwell::asl
