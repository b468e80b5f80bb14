#pragma once
// What an expression can name: $states (spec §1.9) and the variables in reach of the state. One scope serves all
// expressions that are evaluated at one moment.

#include "lang/asl/data_flow.h"
#include "lang/jsonata/expression.h"

#include <array>
#include <optional>

namespace stepwell::asl {

class JsonataScope {
 public:
  // On the way in: there is no result yet.
  explicit JsonataScope(Activation& activation) : activation_(activation) {}
  // On the way out.
  JsonataScope(Activation& activation, Outcome outcome, const json::Value& result)
      : activation_(activation), outcome_(outcome), result_(result) {}

  Activation& activation() const { return activation_; }

  // Whether the context object is part of $states: it is made only for expressions that may look at it.
  enum class Context : std::uint8_t { left_out, included };

  // The names as one expression sees them.
  class Names final : public jsonata::Bindings {
   public:
    Names(const JsonataScope& scope, Context context) : scope_(scope), context_(context) {}
    std::optional<json::Value> find(std::string_view name) const override;

   private:
    const JsonataScope& scope_;
    Context context_;
  };

 private:
  const json::Value& states(Context context) const;

  Activation& activation_;
  Outcome outcome_ = Outcome::input;
  json::Value result_;
  mutable std::array<std::optional<json::Value>, 2> states_;  // by Context, each made at its first use
};

}  // namespace stepwell::asl
