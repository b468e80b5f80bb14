// Items: an array of constants and expressions, or an expression that gives one; absent: the state's input. An object
// is accepted in a definition, but only a distributed Map goes through its members: AWS fails an inline one.
#include "lang/asl/compiler.h"
#include "lang/asl/data_flow/jsonata.h"
#include "lang/asl/data_flow/jsonata_template.h"
#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::asl {

namespace {

// The activation of a Map with the same time and the same chance whenever it is asked: its items are found again after
// a restart, and must then be what they were.
class SteadyActivation final : public Activation {
 public:
  explicit SteadyActivation(Activation& map) : map_(map), random_(map.attempt()) {}

  json::Arena& arena() override { return map_.arena(); }
  json::Value input() override { return map_.input(); }
  json::Value context() override { return map_.context(); }
  const json::Value* variable(std::string_view name) override { return map_.variable(name); }
  Timestamp now() override { return map_.entered_at(); }
  Random& random() override { return random_; }
  Budget& budget() override { return map_.budget(); }

 private:
  Activation& map_;
  SeededRandom random_;
};

Failure not_an_array(const json::Value& items, std::string location) {
  return evaluation_failure(fmt::format("Map state input must be an array but was: {}", json::print(items)),
                            std::move(location));
}

class Given final : public Items {
 public:
  explicit Given(JsonataTemplate body) : body_(std::move(body)) {}

  Evaluated<json::Value> items(Activation& activation, const json::Value&) const override {
    SteadyActivation steady(activation);
    TRY_ASSIGN(const json::Value items, body_.evaluate(JsonataScope(steady)));
    if (items.is_array()) return items;
    if (const JsonataExpression* expression = body_.expression()) {
      return std::unexpected(expression->unexpected_type("array", items));
    }
    return std::unexpected(not_an_array(items, "Items"));
  }

 private:
  JsonataTemplate body_;
};

class Input final : public Items {
 public:
  Evaluated<json::Value> items(Activation&, const json::Value& input) const override {
    if (input.is_array()) return input;
    return std::unexpected(not_an_array(input, {}));
  }
};

}  // namespace

Result<std::unique_ptr<Items>> jsonata_items(CompileContext context, const json::Value& state) {
  const json::Value* definition = state.find("Items");
  if (definition == nullptr) return std::make_unique<Input>();
  TRY_ASSIGN(auto body, JsonataTemplate::compile(context, *definition, "Items"));
  const bool is_literal = definition->is_array() || definition->is_object();
  if (!is_literal && body.expression() == nullptr) {
    return fail(invalid_definition("'Items' must be an array, an object or an expression"));
  }
  return std::make_unique<Given>(std::move(body));
}

}  // namespace stepwell::asl
