#include "services/events/operations/support.h"

namespace stepwell::events {

Task<Result<wire::Reply>> list_targets_by_rule(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const RulePtr rule, find_rule(events, call, "Rule"));
  std::vector<Item> items;
  for (const Target& target : rule->targets) {
    items.push_back({target.id, [&call, &target] { return read(call.arena, target.document); }});
  }
  co_return reply_with_page(call, "Targets", items);
}

}  // namespace stepwell::events
