#include "services/states/operations/support.h"

namespace stepwell::states {

// All aliases of a machine, or (given a version's ARN) those that route to that version.
Task<Result<wire::Reply>> list_state_machine_aliases(States& states, wire::Call& call) {
  const std::string_view arn = call.text("stateMachineArn");
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(arn));
  CO_TRY_ASSIGN(const auto record, states.machines.find(machine.arn));
  if (!record || !machine.alias().empty()) co_return fail(errors::state_machine_does_not_exist(arn));
  if (machine.version() != 0) {
    CO_TRY_ASSIGN(const auto version, states.machines.find_version(machine.arn, machine.version()));
    if (!version) co_return fail(errors::resource_not_found());
  }
  const std::string listing = fmt::format("ListStateMachineAliases {}", arn);
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  CO_TRY_ASSIGN(const auto aliases, states.aliases.list(machine.arn, machine.version(), page.position, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const AliasRecord& alias : std::span(aliases).first(std::min(aliases.size(), page.limit))) {
    items.push_back(json::ObjectBuilder(arena)
                        .add("creationDate", date(arena, alias.created))
                        .add("stateMachineAliasArn", alias_arn(machine.arn, alias.name))
                        .build());
  }
  json::ObjectBuilder output(arena);
  output.add("stateMachineAliases", json::make_array(arena, items));
  if (aliases.size() > page.limit) {
    output.add("nextToken", states.tokens.page_token(listing, aliases[page.limit - 1].name, states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
