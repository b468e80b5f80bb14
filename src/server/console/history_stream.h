#pragma once
// An execution's history as server-sent events, from a place on and then as it grows:
//
//   id: <place behind them>
//   event: history
//   data: {"status":"RUNNING","events":[…as GetExecutionHistory has them…],"complete":true}
//
// `complete`: the execution stands there now. Payloads longer than 1,024 bytes are cut off, and say so. When the
// execution has ended and all is told, `event: end` comes and the answer ends. A comment every 15 s keeps proxies
// awake. What a slow reader has not read stays in the store.

#include "base/http_stream.h"
#include "base/timer.h"
#include "services/states/reading.h"

#include <memory>
#include <stop_token>

namespace stepwell::server::console {

std::shared_ptr<http::BodyStream> history_stream(states::Reading& executions, engine::ExecutionId id,
                                                 engine::Serial from, Scheduler& scheduler, std::stop_token gone);

}  // namespace stepwell::server::console
