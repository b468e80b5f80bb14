#pragma once
// What every operation of EventBridge works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/events/authorizer.h"
#include "services/events/registry.h"
#include "services/events/router.h"
#include "wire/call.h"

namespace stepwell::events {

struct Events {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Registry& registry;
  Router& router;
  Authorizer& authorizer;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Events& events, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/events/operations.def"
#undef OPERATION
#undef UNSUPPORTED

// PutEvents as part of somebody else's commit.
Result<wire::Reply> fold_put_events(Events& events, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::events
