#pragma once
// Rules are switched on and off.

#include "services/events/operations/support.h"

namespace stepwell::events {

inline Task<Result<wire::Reply>> switch_rule(Events& events, wire::Call& call, std::string_view state) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(RulePtr rule, find_rule(events, call, "Name"));
  const bool goes_on = rule->is_enabled && state == "ENABLED";
  // What a rule has slept through is not made up for.
  const Timestamp start = goes_on ? rule->start : events.clock.now();
  CO_TRY(co_await change_rule(events, std::move(rule), [&](json::Arena& arena, const json::Value& document) {
    return with(arena, document, {{"State", json::Value::string(state)}, {"Start", millis(arena, start)}});
  }));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::events
