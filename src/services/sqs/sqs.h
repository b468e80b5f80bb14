#pragma once
// What every operation of SQS works with.

#include "base/task.h"
#include "services/sqs/move_tasks.h"
#include "services/sqs/queues.h"
#include "wire/call.h"

namespace stepwell::sqs {

struct Sqs {
  ServicePorts ports;
  Queues queues;
  std::shared_ptr<MoveTasks> moves;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Sqs& sqs, wire::Call& call);
#include "services/sqs/operations.def"
#undef OPERATION

}  // namespace stepwell::sqs
