#pragma once
// What every operation of IAM works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/iam/access_control.h"
#include "services/iam/registry.h"
#include "wire/call.h"

namespace stepwell::iam {

struct Iam {
  Clock& clock;
  Registry& registry;
  Access& access;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Iam& iam, wire::Call& call);
#include "services/iam/operations.def"
#undef OPERATION

}  // namespace stepwell::iam
