#pragma once
// From an event to the targets of the rules that it fits: one delivery for each, in the sender's batch.
//
// A target that is a bus gets the event in the same batch. An event comes to each bus once, so that rules which send to
// each other, or to their own bus, come to an end.

#include "base/ports.h"
#include "services/deliveries/deliveries.h"
#include "services/events/registry.h"
#include "store/store.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::events {

class Router {
 public:
  struct Ports {
    Clock& clock;
    Random& random;
    Log& log;
    deliveries::Deliveries& deliveries;
    Registry& registry;
  };
  explicit Router(const Ports& ports) : ports_(ports) {}

  // What the rules of the bus do with the event. Errors are those of the store.
  Result<void> route(json::Arena& arena, const Bus& bus, const json::Value& event, store::Batch& batch);
  // What one rule does, whether or not the event fits it.
  Result<void> send(json::Arena& arena, const Rule& rule, const json::Value& event, store::Batch& batch);

 private:
  struct Journey;
  Result<void> arrive(Journey& journey, const Bus& bus);
  Result<void> send(Journey& journey, const Rule& rule);
  Result<void> send(Journey& journey, const Rule& rule, const Target& target);
  Result<void> forward(Journey& journey, const Place& bus);

  Ports ports_;
};

}  // namespace stepwell::events
