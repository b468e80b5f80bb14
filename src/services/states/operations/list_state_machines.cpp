#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> list_state_machines(States& states, wire::Call& call) {
  const std::string prefix = arn_prefix(call.caller, "stateMachine");
  const std::string listing = "ListStateMachines " + prefix;
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  CO_TRY_ASSIGN(const auto records, states.machines.list(prefix, page.position, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const MachineRecord& record : std::span(records).first(std::min(records.size(), page.limit))) {
    items.push_back(json::ObjectBuilder(arena)
                        .add("creationDate", date(arena, record.created))
                        .add("name", record.name)
                        .add("stateMachineArn", record.arn)
                        .add("type", record.type)
                        .build());
  }
  json::ObjectBuilder output(arena);
  output.add("stateMachines", json::make_array(arena, items));
  if (records.size() > page.limit) {
    output.add("nextToken", states.tokens.page_token(listing, records[page.limit - 1].arn, states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
