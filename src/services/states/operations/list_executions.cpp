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

// Which list: of a machine, a version or an alias.
Result<MachineReference> read_list(const States& states, const wire::Call& call) {
  const std::string_view arn = call.text("stateMachineArn");
  TRY_ASSIGN(MachineReference machine, read_machine_arn(arn));
  TRY_ASSIGN(const auto record, states.machines.find(machine.arn));
  if (!record) return fail(errors::state_machine_does_not_exist(arn));
  if (record->type == "EXPRESS") return fail(errors::state_machine_type_not_supported());
  bool exists = true;
  if (machine.version() != 0) {
    TRY_ASSIGN(const auto version, states.machines.find_version(machine.arn, machine.version()));
    exists = version.has_value();
  } else if (!machine.alias().empty()) {
    TRY_ASSIGN(const auto alias, states.aliases.find(machine.arn, machine.alias()));
    exists = alias.has_value();
  }
  if (!exists) return fail(errors::resource_not_found());
  return machine;
}

// What AWS takes for a map run's executions only.
Result<void> check_filters(const wire::Call& call) {
  if (call.has("stateMachineArn") == call.has("mapRunArn")) {
    return fail(errors::validation("Either the state machine ARN or the Map Run ARN must be specified"));
  }
  if (call.has("mapRunArn")) return {};
  if (call.has("redriveFilter")) return fail(errors::validation("The redriveFilter is for Map Run ARNs only"));
  if (call.text("statusFilter") == "PENDING_REDRIVE") {
    return fail(errors::validation("The statusFilter PENDING_REDRIVE is for Map Run ARNs only"));
  }
  return {};
}

json::Value shown(json::Arena& arena, std::string_view machine_arn, const engine::ListEntry& entry) {
  json::ObjectBuilder item(arena);
  item.add("executionArn", engine::execution_arn(machine_arn, entry.name));
  item.add("name", entry.name);
  item.add("redriveCount", static_cast<std::int64_t>(entry.redrive_count));
  if (entry.redriven) item.add("redriveDate", date(arena, *entry.redriven));
  item.add("startDate", date(arena, entry.started));
  if (!entry.alias_arn.empty()) item.add("stateMachineAliasArn", entry.alias_arn);
  item.add("stateMachineArn", machine_arn);
  if (!entry.version_arn.empty()) item.add("stateMachineVersionArn", entry.version_arn);
  item.add("status", json::Value::string(engine::name_of(entry.status)));
  if (entry.stopped) item.add("stopDate", date(arena, *entry.stopped));
  return item.build();
}

}  // namespace

Task<Result<wire::Reply>> list_executions(States& states, wire::Call& call) {
  CO_TRY(check_filters(call));
  if (call.has("mapRunArn")) {
    CO_TRY(check_map_run_arn(call.text("mapRunArn")));
    co_return fail(errors::resource_not_found(call.text("mapRunArn")));
  }
  CO_TRY_ASSIGN(const MachineReference machine, read_list(states, call));
  const std::string_view list = call.text("stateMachineArn");
  const std::string listing = fmt::format("ListExecutions {} {}", list, call.text("statusFilter"));
  CO_TRY_ASSIGN(const Page page, read_page(states, call, listing, 100));
  const auto after = page.position.empty() ? std::nullopt : std::optional(read_position(page.position));
  CO_TRY_ASSIGN(const auto entries,
                states.queries.list(list, status_named(call.text("statusFilter")), after, page.limit + 1));
  json::Arena& arena = call.arena;
  std::vector<json::Value> items;
  for (const engine::ListEntry& entry : std::span(entries).first(std::min(entries.size(), page.limit))) {
    items.push_back(shown(arena, machine.arn, entry));
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
