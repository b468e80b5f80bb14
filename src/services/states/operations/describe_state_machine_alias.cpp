#include "services/states/operations/alias_input.h"

namespace stepwell::states {

Task<Result<wire::Reply>> describe_state_machine_alias(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference reference, read_alias_arn(call));
  CO_TRY_ASSIGN(const auto alias, states.aliases.find(reference.arn, reference.alias()));
  if (!alias) co_return fail(errors::resource_not_found());
  json::Arena& arena = call.arena;
  std::vector<json::Value> routes;
  for (const Route& route : alias->routes) {
    routes.push_back(json::ObjectBuilder(arena)
                         .add("stateMachineVersionArn", version_arn(reference.arn, route.version))
                         .add("weight", route.weight)
                         .build());
  }
  json::ObjectBuilder output(arena);
  output.add("creationDate", date(arena, alias->created));
  if (alias->description) output.add("description", *alias->description);
  output.add("name", alias->name);
  output.add("routingConfiguration", json::make_array(arena, routes));
  output.add("stateMachineAliasArn", alias_arn(reference.arn, alias->name));
  output.add("updateDate", date(arena, alias->updated));
  co_return reply(output.build());
}

}  // namespace stepwell::states
