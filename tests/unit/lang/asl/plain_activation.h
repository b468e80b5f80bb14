#pragma once
// An activation over plain values, for tests of what states evaluate.
#include "lang/asl/activation.h"
#include "lang/json/parse.h"

#include <map>
#include <string>

namespace stepwell::asl {

class PlainActivation : public Activation {
 public:
  json::Arena& arena() override { return arena_; }
  json::Value input() override { return input_; }
  json::Value context() override { return context_; }
  const json::Value* variable(std::string_view name) override {
    const auto at = variables_.find(name);
    return at == variables_.end() ? nullptr : &at->second;
  }
  Timestamp now() override { return now_; }
  Random& random() override { return random_; }
  Budget& budget() override { return budget_; }

  // A value for as long as this lives. The text must be JSON.
  json::Value value(std::string_view text) { return json::parse_copy(arena_, text).value(); }

  void set_budget(std::uint64_t steps) { budget_ = Budget(steps); }
  void set_input(std::string_view text) { input_ = value(text); }
  void set_context(std::string_view text) { context_ = value(text); }
  void set_variable(const std::string& name, std::string_view text) { variables_[name] = value(text); }

 private:
  json::Arena arena_;
  json::Value input_;
  json::Value context_;
  std::map<std::string, json::Value, std::less<>> variables_;
  Timestamp now_{};
  SeededRandom random_{1};
  Budget budget_{max_steps};
};

}  // namespace stepwell::asl
