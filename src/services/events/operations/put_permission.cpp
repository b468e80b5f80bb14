#include "lang/policy/parse.h"
#include "services/events/operations/support.h"

#include <algorithm>

namespace stepwell::events {
namespace {

constexpr std::size_t max_policy = 10'240;

json::Value statement_of(wire::Call& call, const Bus& bus) {
  json::Arena& arena = call.arena;
  const std::string_view principal = call.text("Principal");
  json::ObjectBuilder statement(arena);
  statement.add("Sid", call.text("StatementId")).add("Effect", "Allow");
  if (principal == "*") {
    statement.add("Principal", "*");
  } else {
    statement.add("Principal",
                  json::ObjectBuilder(arena).add("AWS", fmt::format("arn:aws:iam::{}:root", principal)).build());
  }
  statement.add("Action", call.text("Action")).add("Resource", arn_of(bus.place(), "event-bus"));
  if (const json::Value* condition = call.member("Condition")) {
    const json::Value line =
        json::ObjectBuilder(arena).add(text_of(*condition, "Key"), text_of(*condition, "Value")).build();
    statement.add("Condition", json::ObjectBuilder(arena).add(text_of(*condition, "Type"), line).build());
  }
  return statement.build();
}

// The policy with the statement in place of one of the same id.
std::string with_statement(wire::Call& call, const Bus& bus, const json::Value& policy) {
  std::vector<json::Value> statements;
  for (const json::Value& statement : elements_of(policy, "Statement")) {
    if (text_of(statement, "Sid") != call.text("StatementId")) statements.push_back(statement);
  }
  statements.push_back(statement_of(call, bus));
  return json::print(json::ObjectBuilder(call.arena)
                         .add("Version", "2012-10-17")
                         .add("Statement", json::make_array(call.arena, statements))
                         .build());
}

Result<std::string> policy_of(wire::Call& call, const Bus& bus, const json::Value& document) {
  if (call.has("Policy")) {
    const auto policy = policy::parse(call.text("Policy"), policy::DocumentKind::resource);
    if (!policy) {
      return fail(errors::invalid(fmt::format("Parameter Policy is not valid. Reason: {}", policy.error().message)));
    }
    return std::string(call.text("Policy"));
  }
  for (const std::string_view member : {"Action", "Principal", "StatementId"}) {
    if (!call.has(member)) return fail(errors::invalid(fmt::format("Parameter {} must be specified.", member)));
  }
  return with_statement(call, bus, read(call.arena, text_of(document, "Policy")));
}

}  // namespace

Task<Result<wire::Reply>> put_permission(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  const json::Value document = read(call.arena, bus->document);
  CO_TRY_ASSIGN(const std::string policy, policy_of(call, *bus, document));
  if (policy.size() > max_policy) {
    co_return fail(errors::make("PolicyLengthExceededException", "The event bus policy is too long."));
  }
  const json::Value changed =
      with(call.arena, document,
           {{"Policy", json::Value::string(policy)}, {"Modified", millis(call.arena, events.clock.now())}});
  CO_TRY(co_await events.registry.save_bus(bus->place(), json::print(changed)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
