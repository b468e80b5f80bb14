#pragma once
// What every operation of Lambda works with.

#include "base/ports.h"
#include "services/directory/directory.h"
#include "services/lambda/event_sources/mappings.h"
#include "services/lambda/events.h"
#include "services/lambda/execution/runner.h"
#include "services/lambda/functions.h"
#include "services/lambda/package/code_cache.h"

namespace stepwell::lambda {

struct Lambda {
  Clock& clock;
  Random& random;
  Functions& functions;
  CodeCache& code;
  Runner& runner;
  Events& events;
  Mappings& mappings;
  directory::Directory& directory;
  EventConfigs& event_configs;
  directory::AccessControl* access;  // may be nullptr
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.

#define OPERATION(name, function) Task<Result<wire::Reply>> function(Lambda& lambda, wire::Call& call);
#include "services/lambda/operations.def"
#undef OPERATION

// Invoke of the type Event as part of the commit of `batch`.
Result<wire::Reply> fold_event(Lambda& lambda, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::lambda
