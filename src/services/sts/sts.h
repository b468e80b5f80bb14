#pragma once
// What every operation of STS works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/directory/access.h"
#include "wire/call.h"

namespace stepwell::sts {

struct Sts {
  Clock& clock;
  directory::AccessControl& access;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Sts& sts, wire::Call& call);
#include "services/sts/operations.def"
#undef OPERATION

}  // namespace stepwell::sts
