#pragma once
// What an execution is started by (spec §2): the ARN of a machine, of one of its versions or of an alias.

#include "services/states/arns.h"
#include "services/states/states.h"

#include <memory>
#include <string>

namespace stepwell::states {

struct MachineTarget {
  std::shared_ptr<const engine::Revision> revision;
  std::string version_arn;  // empty: the machine as it is now
  std::string alias_arn;    // empty: by no alias
};

// An alias chooses one of its versions by chance. Error StateMachineDoesNotExist.
Result<MachineTarget> find_target(States& states, const MachineReference& machine);

}  // namespace stepwell::states
