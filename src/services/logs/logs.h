#pragma once
// What every operation of CloudWatch Logs works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/logs/archive.h"
#include "services/logs/policies.h"
#include "wire/call.h"

namespace stepwell::logs {

struct Logs {
  Clock& clock;
  Archive archive;
  Policies policies;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Logs& logs, wire::Call& call);
#include "services/logs/operations.def"
#undef OPERATION

}  // namespace stepwell::logs
