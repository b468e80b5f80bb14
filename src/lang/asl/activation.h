#pragma once
// What a state sees of the world while it runs: its input, the context object, the variables in reach, time and chance.
// The engine implements it over its tables; TestState and the tests over plain values.

#include "base/budget.h"
#include "base/ports.h"
#include "base/time.h"
#include "lang/asl/inspection.h"
#include "lang/json/value.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace stepwell::asl {

class Activation {
 public:
  // What all fields of one state may cost together, whatever their query language: some tenths of a second. Where it is
  // used up, evaluation fails.
  static constexpr std::uint64_t max_steps = 10'000'000;

  virtual ~Activation() = default;

  virtual json::Arena& arena() = 0;
  // The state's input as it came, before InputPath.
  virtual json::Value input() = 0;
  // The context object (spec §1.11), made at its first use.
  virtual json::Value context() = 0;
  // A variable of this scope or an outer one as it was when the state was entered; nullptr when there is none.
  virtual const json::Value* variable(std::string_view name) = 0;
  virtual Timestamp now() = 0;
  // When the state was entered.
  virtual Timestamp entered_at() { return now(); }
  // Another number for each attempt of each visit of a state, and the same again where one is taken up after a restart.
  virtual std::uint64_t attempt() { return 0; }
  virtual Random& random() = 0;

  // A cell for what a state finds on its way in and would have to find again for every child (the items of a Map, the
  // arguments of a Parallel). It belongs to one visit of one state: empty when the visit begins, and again at any time
  // (a restart). nullptr: there is no such cell, everything is found again.
  virtual std::optional<json::Value>* kept() { return nullptr; }

  virtual Budget& budget() { return budget_; }

  // What the ItemReader of a Map has read: an array.
  virtual json::Value items_read() { return json::Value::array({}); }

  // Who looks on; nullptr: nobody.
  Inspection* inspection() const { return inspection_; }
  void inspect(Stage stage, const json::Value& value) const {
    if (inspection_ != nullptr) inspection_->passed(stage, value);
  }

 protected:
  Inspection* inspection_ = nullptr;

 private:
  Budget budget_{max_steps};
};

}  // namespace stepwell::asl
