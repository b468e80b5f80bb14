#include "services/states/operations/support.h"
#include "store/codec.h"

namespace stepwell::states {

// Newest first. A machine that is not there has none: AWS knows no error for it.
Task<Result<wire::Reply>> list_state_machine_versions(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (!machine.qualifier.empty()) {
    co_return fail(errors::invalid_arn(fmt::format("Invalid ARN: {}", call.text("stateMachineArn"))));
  }
  const std::string listing = fmt::format("ListStateMachineVersions {}", machine.arn);
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  const VersionNumber before = page.position.empty() ? 0 : store::KeyReader(page.position).u32();
  CO_TRY_ASSIGN(const auto versions, states.machines.list_versions(machine.arn, before, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const VersionRecord& version : std::span(versions).first(std::min(versions.size(), page.limit))) {
    items.push_back(json::ObjectBuilder(arena)
                        .add("creationDate", date(arena, version.created))
                        .add("stateMachineVersionArn", version_arn(machine.arn, version.number))
                        .build());
  }
  json::ObjectBuilder output(arena);
  output.add("stateMachineVersions", json::make_array(arena, items));
  if (versions.size() > page.limit) {
    const std::string position = store::KeyWriter().u32(versions[page.limit - 1].number).take();
    output.add("nextToken", states.tokens.page_token(listing, position, states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
