#include "services/events/operations/show_rule.h"

namespace stepwell::events {

Task<Result<wire::Reply>> describe_rule(Events& events, wire::Call& call) {
  CO_TRY_ASSIGN(const RulePtr rule, find_rule(events, call, "Name"));
  const json::Value more = pick(call.arena, read(call.arena, rule->document), {"CreatedBy"});
  co_return reply_with(with(call.arena, show_rule(call.arena, *rule), more.members()));
}

}  // namespace stepwell::events
