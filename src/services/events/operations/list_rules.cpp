#include "services/events/operations/show_rule.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_rules(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  std::vector<Item> items;
  for (const auto& [name, rule] : bus->rules()) {
    items.push_back({name, [&call, &rule] { return show_rule(call.arena, *rule); }});
  }
  co_return reply_with_page(call, "Rules", items);
}

}  // namespace stepwell::events
