#include "services/states/operations/support.h"

namespace stepwell::states {

// Deleting what is not there succeeds. Executions that are running go on to their end on the revision they run.
Task<Result<wire::Reply>> delete_state_machine(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (machine.is_labelled()) co_return fail(labelled(call));
  // AWS deletes by the ARN of the machine alone; taking a version's for it would delete all of them.
  if (!machine.qualifier.empty()) {
    co_return fail(errors::validation("A state machine is deleted by its ARN without a version or an alias."));
  }
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY(co_await states.machines.remove(machine.arn));
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
