#pragma once
// An execution as DescribeExecution shows it (spec §2).

#include "engine/queries.h"
#include "lang/json/value.h"
#include "services/states/history_view.h"

namespace stepwell::states {

// Whether it can be redriven depends on the time.
json::Value execution_description(json::Arena& arena, const engine::ExecutionView& view, ExecutionData data,
                                  Timestamp now);

}  // namespace stepwell::states
