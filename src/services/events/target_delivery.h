#pragma once
// What a target's ARN means: the call or request that brings it its input.

#include "base/ports.h"
#include "services/deliveries/delivery.h"
#include "services/events/registry.h"
#include "services/events/rules.h"

#include <string>
#include <string_view>

namespace stepwell::events {

struct DeliveryContext {
  json::Arena& arena;
  Registry& registry;
  Random& random;
  const Occasion& occasion;
  std::string_view account, region;  // of the rule
};

// Error "ResourceNotFoundException" for an API destination that is gone.
Result<deliveries::Delivery> delivery_to(const Target& target, std::string input, const DeliveryContext& context);

// Whether targets of that ARN can be reached, and have what they need. `target` is of the shape Target. Errors
// "ValidationException", "NotImplemented".
Result<void> check_target(const json::Value& target);

}  // namespace stepwell::events
