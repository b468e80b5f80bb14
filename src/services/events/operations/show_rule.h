#pragma once
// How rules are shown.

#include "services/events/operations/support.h"

namespace stepwell::events {

// The members of Rule.
inline json::Value show_rule(json::Arena& arena, const Rule& rule) {
  const json::Value named = with(arena, read(arena, rule.document),
                                 {{"Arn", json::make_string(arena, rule.place.arn())},
                                  {"EventBusName", json::make_string(arena, rule.place.bus.name)}});
  return pick(arena, named,
              {"Name", "Arn", "EventPattern", "State", "Description", "ScheduleExpression", "RoleArn", "EventBusName"});
}

}  // namespace stepwell::events
