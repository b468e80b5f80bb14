#include "services/states/operations/support.h"

#include <fmt/ranges.h>

namespace stepwell::states {

// Deleting what is not there succeeds. Executions that run the version go on to their end.
Task<Result<wire::Reply>> delete_state_machine_version(States& states, wire::Call& call) {
  const std::string_view arn = call.text("stateMachineVersionArn");
  CO_TRY_ASSIGN(const MachineReference reference, read_machine_arn(arn));
  if (reference.version() == 0) co_return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", arn)));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(auto machine, states.machines.find(reference.arn));
  if (machine) {
    CO_TRY_ASSIGN(const auto aliases, states.aliases.list(reference.arn, reference.version(), {}, max_aliases));
    if (!aliases.empty()) {
      std::vector<std::string_view> names;
      for (const AliasRecord& alias : aliases) names.push_back(alias.name);
      co_return fail(
          errors::conflict(fmt::format("Version to be deleted must not be referenced by an alias. Current "
                                       "list of aliases referencing this version: [{}]",
                                       fmt::join(names, ", "))));
    }
    CO_TRY(co_await states.machines.remove_version(std::move(*machine), reference.version()));
  }
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
