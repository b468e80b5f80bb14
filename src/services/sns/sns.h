#pragma once
// What every operation of SNS works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/deliveries/deliveries.h"
#include "services/sns/channels.h"
#include "services/sns/fifo.h"
#include "services/sns/signer.h"
#include "wire/call.h"

namespace stepwell::sns {

struct Sns {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  deliveries::Deliveries& deliveries;
  Channels channels;
  Fifo fifo;
  Signer signer;
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Sns& sns, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/sns/operations.def"
#undef OPERATION
#undef UNSUPPORTED

}  // namespace stepwell::sns
