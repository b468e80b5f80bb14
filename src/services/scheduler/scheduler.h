#pragma once
// What every operation of EventBridge Scheduler works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/directory/directory.h"
#include "services/scheduler/book.h"
#include "services/scheduler/ticker.h"
#include "services/scheduler/timing.h"
#include "wire/call.h"

namespace stepwell::scheduler {

struct Schedules {
  Clock& clock;
  const directory::Directory& directory;
  Book& book;
  Timing& timing;
  Ticker& ticker;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Schedules& schedules, wire::Call& call);
#include "services/scheduler/operations.def"
#undef OPERATION

}  // namespace stepwell::scheduler
