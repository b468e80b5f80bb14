#include "services/states/operations/alias_input.h"

namespace stepwell::states {

// Executions that are running stay on the version that they were started with.
Task<Result<wire::Reply>> update_state_machine_alias(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference reference, read_alias_arn(call));
  if (!call.has("description") && !call.has("routingConfiguration")) {
    co_return fail(errors::validation("Either the description or the RoutingConfiguration must be specified"));
  }
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(auto alias, states.aliases.find(reference.arn, reference.alias()));
  if (!alias) co_return fail(errors::resource_not_found());
  if (const auto description = call.optional_text("description")) alias->description = *description;
  if (call.has("routingConfiguration")) {
    CO_TRY_ASSIGN(Routing routing, read_routing(states, call));
    if (routing.machine_arn != reference.arn) {
      co_return fail(errors::validation("An alias refers to versions of its own state machine."));
    }
    alias->routes = std::move(routing.routes);
  }
  alias->updated = states.clock.now();
  const json::Value updated = date(call.arena, alias->updated);
  CO_TRY(co_await states.aliases.save(reference.arn, std::move(*alias)));
  co_return reply(json::ObjectBuilder(call.arena).add("updateDate", updated).build());
}

}  // namespace stepwell::states
