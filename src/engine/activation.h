#pragma once
// asl::Activation over a scope of an execution: what a state sees while the engine runs it.

#include "engine/execution.h"
#include "engine/world.h"
#include "lang/asl/activation.h"

namespace stepwell::engine {

class ScopeActivation final : public asl::Activation {
 public:
  ScopeActivation(Execution& execution, const Scope& scope, World& world, Random& random, Timestamp now)
      : execution_(execution), scope_(scope), world_(world), random_(random), now_(now) {}

  json::Arena& arena() override { return execution_.arena; }
  json::Value input() override { return scope_.data->value(execution_.arena); }
  json::Value context() override;
  const json::Value* variable(std::string_view name) override;
  Timestamp now() override { return now_; }
  Timestamp entered_at() override { return scope_.entered_at; }
  std::uint64_t attempt() override;
  Random& random() override { return random_; }
  std::optional<json::Value>* kept() override { return &scope_.kept; }

 private:
  json::Value execution_context();
  json::Value state_context();
  std::optional<json::Value> item_context();

  Execution& execution_;
  const Scope& scope_;
  World& world_;
  Random& random_;
  Timestamp now_;
  std::optional<json::Value> context_;
  json::Value variable_;
};

}  // namespace stepwell::engine
