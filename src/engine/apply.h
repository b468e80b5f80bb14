#pragma once
// The only way an execution changes: an event is applied to it. Replaying a log of events through `apply` gives the
// same tables as the run that wrote it.

#include "engine/event.h"
#include "engine/execution.h"

namespace stepwell::engine {

void apply(Execution& execution, const Event& event);

}  // namespace stepwell::engine
