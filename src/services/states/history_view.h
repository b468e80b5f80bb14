#pragma once
// History events as GetExecutionHistory shows them: a loop over the engine's tables of events and fields (spec §3).

#include "engine/event.h"
#include "lang/json/value.h"

namespace stepwell::states {

enum class ExecutionData : bool { exclude, include };

// {"timestamp":…,"type":…,"id":…,"previousEventId":…,"…EventDetails":{…}} in `arena`.
json::Value history_event(json::Arena& arena, const engine::Event& event, ExecutionData data);

}  // namespace stepwell::states
