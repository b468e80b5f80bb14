#include "services/events/operations/support.h"

namespace stepwell::events {
namespace {

// The policy without a statement; null where none is left. Error ResourceNotFoundException.
Result<json::Value> without_statement(json::Arena& arena, const json::Value& policy, std::string_view id) {
  std::vector<json::Value> kept;
  const auto statements = elements_of(policy, "Statement");
  for (const json::Value& statement : statements) {
    if (text_of(statement, "Sid") != id) kept.push_back(statement);
  }
  if (kept.size() == statements.size()) {
    return fail(errors::not_found("Statement with the provided id does not exist."));
  }
  if (kept.empty()) return json::Value();
  return json::make_string(arena, json::print(with(arena, policy, {{"Statement", json::make_array(arena, kept)}})));
}

}  // namespace

Task<Result<wire::Reply>> remove_permission(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  const json::Value document = read(call.arena, bus->document);
  json::Value policy;
  if (!call.flag("RemoveAllPermissions")) {
    if (!call.has("StatementId")) co_return fail(errors::invalid("Parameter StatementId is required."));
    CO_TRY_ASSIGN(
        policy, without_statement(call.arena, read(call.arena, text_of(document, "Policy")), call.text("StatementId")));
  }
  const json::Value changed =
      with(call.arena, document, {{"Policy", policy}, {"Modified", millis(call.arena, events.clock.now())}});
  CO_TRY(co_await events.registry.save_bus(bus->place(), json::print(changed)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
