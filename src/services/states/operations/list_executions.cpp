#include "services/states/operations/support.h"
#include "store/codec.h"

namespace stepwell::states {
namespace {

std::optional<engine::Status> status_named(std::string_view name) {
  for (const engine::Status status : engine::all_statuses) {
    if (engine::name_of(status) == name) return status;
  }
  return std::nullopt;
}

std::string position_of(const engine::ListEntry& entry) {
  store::KeyWriter key;
  key.u64(static_cast<std::uint64_t>(entry.started.time_since_epoch().count()))
      .u16(entry.id.shard)
      .u64(entry.id.serial);
  return key.take();
}

engine::ListEntry read_position(std::string_view position) {
  store::KeyReader key(position);
  engine::ListEntry entry;
  entry.started = Timestamp{Duration{static_cast<std::int64_t>(key.u64())}};
  entry.id.shard = key.u16();
  entry.id.serial = key.u64();
  return entry;
}

}  // namespace

Task<Result<wire::Reply>> list_executions(States& states, wire::Call& call) {
  if (call.has("mapRunArn")) co_return fail(errors::not_implemented("Listing the executions of a map run"));
  CO_TRY_ASSIGN(const MachineReference machine, read_machine_arn(call.text("stateMachineArn")));
  if (!machine.qualifier.empty())
    co_return fail(errors::not_implemented("Listing the executions of a version or an alias"));
  CO_TRY_ASSIGN(const auto record, states.machines.find(machine.arn));
  if (!record) co_return fail(errors::state_machine_does_not_exist(machine.arn));
  if (record->type == "EXPRESS") co_return fail(errors::state_machine_type_not_supported());
  const std::string listing = fmt::format("ListExecutions {} {}", machine.arn, call.text("statusFilter"));
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  const auto after = page.position.empty() ? std::nullopt : std::optional(read_position(page.position));
  CO_TRY_ASSIGN(const auto entries,
                states.queries.list(machine.arn, status_named(call.text("statusFilter")), after, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const engine::ListEntry& entry : std::span(entries).first(std::min(entries.size(), page.limit))) {
    json::ObjectBuilder item(arena);
    item.add("executionArn", engine::execution_arn(machine.arn, entry.name));
    item.add("name", entry.name);
    item.add("redriveCount", 0);
    item.add("startDate", date(arena, entry.started));
    item.add("stateMachineArn", machine.arn);
    item.add("status", json::Value::string(engine::name_of(entry.status)));
    if (entry.stopped) item.add("stopDate", date(arena, *entry.stopped));
    items.push_back(item.build());
  }
  json::ObjectBuilder output(arena);
  output.add("executions", json::make_array(arena, items));
  if (entries.size() > page.limit) {
    output.add("nextToken",
               states.tokens.page_token(listing, position_of(entries[page.limit - 1]), states.clock.now()));
  }
  co_return reply(output.build());
}

}  // namespace stepwell::states
