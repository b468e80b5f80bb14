#include "services/events/router.h"

#include "lang/json/print.h"
#include "services/events/target_delivery.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::events {
namespace {

constexpr std::size_t max_buses_visited = 16;

}  // namespace

// An event and where it has been.
struct Router::Journey {
  json::Arena& arena;
  const json::Value& event;
  std::string text;
  std::string_view source;
  store::Batch& batch;
  Timestamp now{};
  std::vector<std::string> visited;  // keys of buses
};

Result<void> Router::route(json::Arena& arena, const Bus& bus, const json::Value& event, store::Batch& batch) {
  Journey journey{.arena = arena,
                  .event = event,
                  .text = {},
                  .source = event.find("source")->as_string(),
                  .batch = batch,
                  .now = ports_.clock.now(),
                  .visited = {}};
  return arrive(journey, bus);
}

Result<void> Router::send(json::Arena& arena, const Rule& rule, const json::Value& event, store::Batch& batch) {
  Journey journey{.arena = arena,
                  .event = event,
                  .text = {},
                  .source = event.find("source")->as_string(),
                  .batch = batch,
                  .now = ports_.clock.now(),
                  .visited = {key_of(rule.place.bus)}};
  return send(journey, rule);
}

Result<void> Router::arrive(Journey& journey, const Bus& bus) {
  journey.visited.push_back(key_of(bus.place()));
  std::vector<RulePtr> fitting;
  bus.candidates(journey.source, [&](const RulePtr& rule) {
    if (event_pattern::matches(*rule->pattern, journey.event)) fitting.push_back(rule);
  });
  for (const RulePtr& rule : fitting) TRY(send(journey, *rule));
  return {};
}

Result<void> Router::send(Journey& journey, const Rule& rule) {
  if (journey.text.empty()) journey.text = json::print(journey.event);
  for (const Target& target : rule.targets) TRY(send(journey, rule, target));
  return {};
}

Result<void> Router::send(Journey& journey, const Rule& rule, const Target& target) {
  if (const auto named = parse_arn(target.arn); named && named->kind == "event-bus") {
    return forward(journey, named->place);
  }
  const std::string rule_arn = rule.place.arn();
  const Occasion occasion{.event = journey.event,
                          .text = journey.text,
                          .rule_arn = rule_arn,
                          .rule_name = rule.place.name,
                          .now = journey.now};
  auto delivery = delivery_to(target, target.input.render(journey.arena, occasion),
                              {.arena = journey.arena,
                               .registry = ports_.registry,
                               .random = ports_.random,
                               .occasion = occasion,
                               .account = rule.place.bus.account,
                               .region = rule.place.bus.region});
  if (!delivery) {
    ports_.log.warning(fmt::format("Rule {} cannot send to {}: {}", rule_arn, target.arn, delivery.error().message));
    return {};
  }
  return ports_.deliveries.add(std::move(*delivery), journey.batch);
}

Result<void> Router::forward(Journey& journey, const Place& place) {
  const std::string key = key_of(place);
  if (std::ranges::find(journey.visited, key) != journey.visited.end()) return {};
  const Bus* bus = ports_.registry.find_bus(place);
  if (bus == nullptr || journey.visited.size() == max_buses_visited) {
    ports_.log.warning(fmt::format("An event is not forwarded to {}.", arn_of(place, "event-bus")));
    return {};
  }
  return arrive(journey, *bus);
}

}  // namespace stepwell::events
