#pragma once
// An execution as DescribeExecution shows it (spec §2).

#include "engine/queries.h"
#include "lang/json/value.h"
#include "services/states/history_view.h"
#include "services/states/states.h"

namespace stepwell::states {

json::Value execution_description(const States& states, json::Arena& arena, const engine::ExecutionView& view,
                                  ExecutionData data);

}  // namespace stepwell::states
