#include "services/events/operations/support.h"
#include "services/events/target_delivery.h"

namespace stepwell::events {
namespace {

Result<void> check(std::span<const json::Value> targets) {
  for (const json::Value& target : targets) {
    TRY(check_target(target));
    TRY(TargetInput::compile(target));
  }
  return {};
}

// The targets of the rule with those in place of others of the same ids.
Result<json::Value> merged(json::Arena& arena, const json::Value& document, std::span<const json::Value> targets) {
  std::vector<json::Value> all;
  const auto add = [&all](const json::Value& target) {
    std::erase_if(all, [&](const json::Value& other) { return text_of(other, "Id") == text_of(target, "Id"); });
    all.push_back(target);
  };
  for (const json::Value& target : elements_of(document, "Targets")) add(target);
  for (const json::Value& target : targets) add(target);
  if (all.size() > Registry::max_targets) return fail(errors::limit_exceeded());
  return json::make_array(arena, all);
}

}  // namespace

Task<Result<wire::Reply>> put_targets(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(RulePtr rule, find_rule(events, call, "Rule"));
  const auto targets = elements_of(call.input, "Targets");
  CO_TRY(check(targets));
  CO_TRY_ASSIGN(const json::Value all, merged(call.arena, read(call.arena, rule->document), targets));
  CO_TRY(co_await change_rule(events, std::move(rule), [&all](json::Arena& arena, const json::Value& document) {
    return with(arena, document, {{"Targets", all}});
  }));
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("FailedEntryCount", 0)
                           .add("FailedEntries", json::make_array(call.arena, {}))
                           .build());
}

}  // namespace stepwell::events
