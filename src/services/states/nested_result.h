#pragma once
// What a task that waited for an execution (states:startExecution.sync) is told of its end: what DescribeExecution says
// of it. `Input` and `Output` are texts, or (.sync:2) the JSON that these hold.

#include "services/states/states.h"

#include <string>

namespace stepwell::states {

std::string nested_result(const States& states, const engine::ExecutionView& view, asl::Pattern pattern);

}  // namespace stepwell::states
