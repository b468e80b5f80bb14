#pragma once
// "Step Functions Execution Status Change": what EventBridge's default bus is told when a Standard execution starts, is
// redriven or ends (spec §2, "EventBridge"). Express executions tell nothing, as on AWS.
//
// The event is part of the commit that changes the status, so none is lost and none is there twice. Without a service
// `events` in this program nothing is done at all.
//
// `detail` is what DescribeExecution answers, with dates in milliseconds and null for what is not there. Inputs and
// outputs that make it too large for an event are left out.

#include "base/ports.h"
#include "engine/world.h"
#include "services/directory/directory.h"
#include "services/states/states.h"

namespace stepwell::states {

class StatusEvents final : public engine::Witness {
 public:
  StatusEvents(const States& states, Log& log) : states_(&states), log_(&log) {}

  void witness(engine::Execution& execution, std::span<const engine::Event> events, store::Batch& batch) override;

 private:
  json::Value detail(engine::Execution& execution, engine::Status status) const;
  json::Value entry(json::Arena& arena, engine::Execution& execution, const engine::Event& event,
                    engine::Status status) const;

  const States* states_;
  Log* log_;
};

}  // namespace stepwell::states
