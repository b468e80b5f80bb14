#pragma once
// History events as GetExecutionHistory shows them: a loop over the engine's tables of events and fields (spec §3).

#include "engine/event.h"
#include "lang/json/value.h"

#include <limits>

namespace stepwell::states {

enum class ExecutionData : bool { exclude, include };

// The details of an event as its …EventDetails member has them. Inputs and outputs longer than `max_data` bytes are cut
// off there.
json::Value event_details(json::Arena& arena, const engine::Event& event, ExecutionData data,
                          std::size_t max_data = std::numeric_limits<std::size_t>::max());

// {"timestamp":…,"type":…,"id":…,"previousEventId":…,"…EventDetails":{…}} in `arena`.
json::Value history_event(json::Arena& arena, const engine::Event& event, ExecutionData data,
                          std::size_t max_data = std::numeric_limits<std::size_t>::max());

}  // namespace stepwell::states
