#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> delete_rule(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  const RulePtr rule = bus->find(call.text("Name"));
  if (rule == nullptr) co_return reply_with_nothing(call);
  if (!rule->targets.empty()) co_return fail(errors::invalid("Rule can't be deleted since it has targets."));
  CO_TRY(co_await events.registry.remove_rule(rule->place));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
