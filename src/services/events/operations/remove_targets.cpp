#include "services/events/operations/support.h"

#include <algorithm>

namespace stepwell::events {

Task<Result<wire::Reply>> remove_targets(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(RulePtr rule, find_rule(events, call, "Rule"));
  std::vector<json::Value> failed;
  const auto ids = elements_of(call.input, "Ids");
  for (const json::Value& id : ids) {
    if (std::ranges::find(rule->targets, id.as_string(), &Target::id) != rule->targets.end()) continue;
    failed.push_back(json::ObjectBuilder(call.arena)
                         .add("TargetId", id)
                         .add("ErrorCode", "ResourceNotFoundException")
                         .add("ErrorMessage", fmt::format("Rule '{}' does not have a target with the Id '{}'.",
                                                          rule->place.name, id.as_string()))
                         .build());
  }
  CO_TRY(co_await change_rule(events, std::move(rule), [&ids](json::Arena& arena, const json::Value& document) {
    std::vector<json::Value> kept;
    for (const json::Value& target : elements_of(document, "Targets")) {
      const auto is_it = [&](const json::Value& id) { return id.as_string() == text_of(target, "Id"); };
      if (std::ranges::none_of(ids, is_it)) kept.push_back(target);
    }
    return with(arena, document, {{"Targets", json::make_array(arena, kept)}});
  }));
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("FailedEntryCount", static_cast<std::int64_t>(failed.size()))
                           .add("FailedEntries", json::make_array(call.arena, failed))
                           .build());
}

}  // namespace stepwell::events
