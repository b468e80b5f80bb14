#pragma once
// What the operations on a function's EventInvokeConfig do in the same way.

#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

// The function's own. Error ResourceNotFoundException where there is none.
Result<EventConfig> find_event_config(Lambda& lambda, const NamedFunction& named);
// Takes over every setting that the call has. Error InvalidParameterValueException.
Result<void> apply_event_config(const wire::Call& call, EventConfig& config);
json::Value show(json::Arena& arena, const NamedFunction& named, const EventConfig& config);

}  // namespace stepwell::lambda
