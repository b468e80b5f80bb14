#include "services/events/operations/support.h"

#include <algorithm>

namespace stepwell::events {

Task<Result<wire::Reply>> list_rule_names_by_target(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  std::vector<Item> items;
  for (const auto& [name, rule] : bus->rules()) {
    if (std::ranges::find(rule->targets, call.text("TargetArn"), &Target::arn) == rule->targets.end()) continue;
    items.push_back({name, [&call, &name] { return json::make_string(call.arena, name); }});
  }
  co_return reply_with_page(call, "RuleNames", items);
}

}  // namespace stepwell::events
