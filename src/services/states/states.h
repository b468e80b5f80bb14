#pragma once
// What every operation of Step Functions works with.

#include "base/http_client.h"
#include "base/ports.h"
#include "base/timer.h"
#include "engine/engine.h"
#include "engine/queries.h"
#include "services/deliveries/connections.h"
#include "services/directory/directory.h"
#include "services/states/activities.h"
#include "services/states/aliases.h"
#include "services/states/machines.h"
#include "services/states/tokens.h"
#include "services/states/watchers.h"
#include "store/store.h"

namespace stepwell::states {

struct States {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  directory::Directory& directory;  // for what tasks call
  Tokens tokens;
  Machines machines;
  Aliases aliases;
  Activities activities;
  engine::Queries queries;
  Watchers watchers = {};
  engine::Engine* engine = nullptr;  // set when the service is open
  // For tasks that call HTTP APIs; nullptr: there are none.
  http::Client* http = nullptr;
  deliveries::Connections* connections = nullptr;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.

#define OPERATION(name, function) Task<Result<wire::Reply>> function(States& states, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/states/operations.def"
#undef OPERATION
#undef UNSUPPORTED

}  // namespace stepwell::states
