#pragma once
// What every operation of AWS Batch works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/batch/catalog.h"
#include "services/batch/conductor.h"
#include "services/batch/ledger.h"
#include "services/batch/status_events.h"
#include "services/directory/directory.h"
#include "wire/call.h"

namespace stepwell::batch {

struct Jobs {
  Clock& clock;
  Random& random;
  Scheduler& scheduler;
  Catalog& catalog;
  Ledger& ledger;
  StatusEvents& events;
  std::shared_ptr<Conductor> conductor;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Jobs& jobs, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/batch/operations.def"
#undef OPERATION
#undef UNSUPPORTED

}  // namespace stepwell::batch
