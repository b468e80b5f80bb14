#pragma once
// What every operation of ECS works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/ecs/book.h"
#include "services/ecs/lives.h"
#include "wire/call.h"

namespace stepwell::ecs {

struct Ecs {
  Clock& clock;
  Random& random;
  Book& book;
  Lives& lives;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Ecs& ecs, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/ecs/operations.def"
#undef OPERATION
#undef UNSUPPORTED

}  // namespace stepwell::ecs
