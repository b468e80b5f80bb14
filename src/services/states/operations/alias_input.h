#pragma once
// What the operations on aliases have in common: the routes that callers give, and the ARNs of aliases.

#include "services/states/operations/support.h"

#include <string>
#include <vector>

namespace stepwell::states {

// routingConfiguration: one or two versions of one machine, whose weights sum to 100.
struct Routing {
  std::string machine_arn;
  std::vector<Route> routes;
};
// Errors ValidationException in AWS's words; ResourceNotFound for a version that is not there.
Result<Routing> read_routing(const States& states, const wire::Call& call);

// stateMachineAliasArn. Error InvalidArn for one that names no alias.
Result<MachineReference> read_alias_arn(const wire::Call& call);

}  // namespace stepwell::states
