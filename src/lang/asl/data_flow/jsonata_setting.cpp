// Scalar fields: a constant or an expression in its place.
#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonata_template.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

class JsonataSetting final : public Setting {
 public:
  JsonataSetting(std::string_view field, JsonataTemplate body) : field_(field), body_(std::move(body)) {}

  Evaluated<std::int64_t> integer(Activation& activation, const json::Value&) const override {
    TRY_ASSIGN(const json::Value value, evaluate(activation, json::Kind::number, "number"));
    if (const auto number = value.as_integer()) return *number;
    return std::unexpected(
        refuse(fmt::format("The {} field cannot be parsed as an integer: {}", field_, json::print(value))));
  }
  Evaluated<double> number(Activation& activation, const json::Value&) const override {
    TRY_ASSIGN(const json::Value value, evaluate(activation, json::Kind::number, "number"));
    return value.as_double();
  }
  Evaluated<std::string_view> text(Activation& activation, const json::Value&) const override {
    TRY_ASSIGN(const json::Value value, evaluate(activation, json::Kind::string, "string"));
    return value.as_string();
  }
  Failure refuse(std::string cause) const override { return evaluation_failure(std::move(cause), field_); }

 private:
  Evaluated<json::Value> evaluate(Activation& activation, json::Kind kind, std::string_view type) const {
    TRY_ASSIGN(const json::Value value, body_.evaluate(JsonataScope(activation)));
    if (value.kind() == kind) return value;
    if (const auto* expression = body_.expression()) return std::unexpected(expression->unexpected_type(type, value));
    return std::unexpected(refuse(fmt::format("The {} field is not a {}: {}", field_, type, json::print(value))));
  }

  std::string field_;
  JsonataTemplate body_;
};

}  // namespace

Result<std::unique_ptr<Setting>> jsonata_setting(CompileContext context, const json::Value& state,
                                                 std::string_view field) {
  const json::Value* definition = state.find(field);
  if (definition == nullptr) return nullptr;
  TRY_ASSIGN(auto body, JsonataTemplate::compile(context, *definition, std::string(field)));
  return std::make_unique<JsonataSetting>(field, std::move(body));
}

}  // namespace stepwell::asl
