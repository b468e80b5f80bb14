#include "services/events/operations/support.h"

namespace stepwell::events {
namespace {

Result<void> check(const wire::Call& call, const Bus& bus) {
  if (!call.has("EventPattern") && !call.has("ScheduleExpression")) {
    return fail(errors::invalid("Parameter(s) EventPattern or ScheduleExpression must be specified."));
  }
  if (call.has("ScheduleExpression") && bus.place().name != default_bus) {
    return fail(errors::invalid("ScheduleExpression is supported only on the default event bus."));
  }
  return {};
}

// What the rule says now, with what it keeps of what it said before: its targets and tags, and since when it ticks.
Result<std::string> document_of(Events& events, wire::Call& call, const RulePtr& before) {
  json::Arena& arena = call.arena;
  const json::Value old = read(arena, before == nullptr ? "" : before->document);
  json::Value tags = old.find("Tags") == nullptr ? json::Value() : *old.find("Tags");
  if (before == nullptr) {
    TRY_ASSIGN(tags, add_tags(arena, {}, elements_of(call.input, "Tags")));
  }
  const bool ticks_on =
      before != nullptr && before->is_enabled && text_of(old, "ScheduleExpression") == call.text("ScheduleExpression");
  const json::Value start = ticks_on ? millis(arena, before->start) : millis(arena, events.clock.now());
  const json::Value given =
      pick(arena, call.input, {"Name", "EventPattern", "ScheduleExpression", "Description", "RoleArn"});
  const std::string_view state = call.has("State") ? call.text("State") : "ENABLED";
  return json::print(with(arena, given,
                          {{"State", json::Value::string(state)},
                           {"CreatedBy", json::Value::string(call.caller.account)},
                           {"Start", start},
                           {"Tags", tags},
                           {"Targets", old.find("Targets") == nullptr ? json::Value() : *old.find("Targets")}}));
}

}  // namespace

Task<Result<wire::Reply>> put_rule(Events& events, wire::Call& call) {
  const auto lock = co_await events.registry.changes().lock();
  CO_TRY_ASSIGN(const Bus* bus, find_bus(events, call, "EventBusName"));
  CO_TRY(check(call, *bus));
  const RulePlace place{.bus = bus->place(), .name = std::string(call.text("Name"))};
  const RulePtr before = bus->find(place.name);
  if (before == nullptr && bus->rules().size() >= Registry::max_rules) co_return fail(errors::limit_exceeded());
  CO_TRY_ASSIGN(std::string document, document_of(events, call, before));
  CO_TRY_ASSIGN(RulePtr rule, compile_rule(place, std::move(document)));
  CO_TRY(co_await events.registry.save_rule(std::move(rule)));
  co_return reply_with(json::ObjectBuilder(call.arena).add("RuleArn", place.arn()).build());
}

}  // namespace stepwell::events
