#pragma once
// What every operation of API Gateway works with.

#include "base/ports.h"
#include "base/task.h"
#include "services/apigateway/apis.h"
#include "services/apigateway/draft.h"
#include "wire/call.h"

#include <functional>
#include <string>

namespace stepwell::apigateway {

struct Gateway {
  Clock& clock;
  Random& random;
  Apis& apis;
  std::function<std::string()> own_url;                                  // where this server answers
  std::function<void(std::string_view api)> forget_authorizations = {};  // what authorizers have said

  Draft::Ports draft_ports() const { return {.apis = apis, .clock = clock, .random = random}; }
};

// An operation: one file in operations/, one line in operations.def. `call.input` has passed the API model's
// validation.
#define OPERATION(name, function) Task<Result<wire::Reply>> function(Gateway& gateway, wire::Call& call);
#define UNSUPPORTED(name)
#include "services/apigateway/operations.def"
#undef OPERATION
#undef UNSUPPORTED

}  // namespace stepwell::apigateway
