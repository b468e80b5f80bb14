#include "services/states/operations/alias_input.h"

namespace stepwell::states {

// Deleting what is not there succeeds. Executions that were started by the alias go on to their end.
Task<Result<wire::Reply>> delete_state_machine_alias(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference reference, read_alias_arn(call));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY(co_await states.aliases.remove(reference.arn, std::string(reference.alias())));
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
