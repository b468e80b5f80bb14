#pragma once
// What can be watched of a state at work: the value at each stage of its data flow (spec §1.4, §1.9), and who takes its
// failure. TestState looks on (spec §2); in executions nobody does, and nothing is made for an observer that is not
// there.

#include "lang/json/value.h"

#include <cstddef>
#include <cstdint>

namespace stepwell::asl {

// A point that data passes. Those of the JSONPath fields are passed where the field is absent, too.
enum class Stage : std::uint8_t {
  input_path,
  arguments,  // Parameters or Arguments: what a Task or Pass works with
  result,     // what a task has answered, the Result of a Pass
  result_selector,
  result_path,
  items_path,
  item_selector,  // passed once for each item, in order; only where there is a selector
  // Numbers of a Map. The tolerated ones only where they are given.
  max_concurrency,
  tolerated_failure_count,
  tolerated_failure_percentage,
};

enum class Handler : std::uint8_t { retrier, catcher };

class Inspection {
 public:
  virtual ~Inspection() = default;
  // The value lives as long as the activation's arena or the machine.
  virtual void passed(Stage stage, const json::Value& value) = 0;
  // The first retrier that takes the failure, even if its attempts are used up; the catcher that takes it. Stages
  // passed after that are those of the catcher.
  virtual void handles(Handler handler, std::size_t index) = 0;
};

}  // namespace stepwell::asl
