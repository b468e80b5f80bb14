#include "services/states/operations/alias_input.h"

namespace stepwell::states {
namespace {

std::optional<std::string> description_of(const wire::Call& call) {
  const auto given = call.optional_text("description");
  return given ? std::optional<std::string>(*given) : std::nullopt;
}

}  // namespace

// The same once more gives the alias that is there.
Task<Result<wire::Reply>> create_state_machine_alias(States& states, wire::Call& call) {
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(Routing routing, read_routing(states, call));
  const Timestamp now = states.clock.now();
  AliasRecord alias{.name = std::string(call.text("name")),
                    .description = description_of(call),
                    .routes = std::move(routing.routes),
                    .created = now,
                    .updated = now};
  CO_TRY_ASSIGN(const auto existing, states.aliases.find(routing.machine_arn, alias.name));
  if (existing && (existing->description != alias.description || existing->routes != alias.routes)) {
    co_return fail(errors::conflict(
        "Failed to create alias because an alias with the same name and a different routing configuration already "
        "exists."));
  }
  json::ObjectBuilder output(call.arena);
  output.add("creationDate", date(call.arena, existing ? existing->created : now));
  output.add("stateMachineAliasArn", alias_arn(routing.machine_arn, alias.name));
  if (!existing) {
    CO_TRY_ASSIGN(const auto others, states.aliases.list(routing.machine_arn, 0, {}, max_aliases));
    if (others.size() >= max_aliases) {
      co_return fail(errors::service_quota_exceeded(
          fmt::format("A state machine can have {} aliases; delete those that are no longer needed.", max_aliases)));
    }
    CO_TRY(co_await states.aliases.save(std::move(routing.machine_arn), std::move(alias)));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
