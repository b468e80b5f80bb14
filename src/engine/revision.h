#pragma once
// A state machine as it is at one revision: what an execution runs to its end, whatever becomes of the machine
// meanwhile.

#include "lang/asl/machine.h"
#include "lang/asl/validation/validate.h"

#include <memory>
#include <string>

namespace stepwell::engine {

struct Revision {
  std::string machine_arn;  // arn:aws:states:<region>:<account>:stateMachine:<name>
  std::string machine_name;
  std::string revision_id;  // UUID; stable for equal content
  std::string role_arn;
  asl::MachineType type = asl::MachineType::standard;
  std::shared_ptr<const asl::Machine> machine;  // compiled
};

}  // namespace stepwell::engine
