#pragma once
// Where something of EventBridge is, and its ARN.

#include "wire/call.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::events {

inline constexpr std::string_view default_bus = "default";

struct Place {
  std::string account, region;
  std::string name;
};
inline Place place_of(const wire::Caller& caller, std::string_view name) {
  return {.account = caller.account, .region = caller.region, .name = std::string(name)};
}
std::string key_of(const Place& place);

// arn:aws:events:<region>:<account>:<kind>/<name>: event-bus, rule, connection, api-destination
std::string arn_of(const Place& place, std::string_view kind);
// The bus that a name or an ARN means; without either the default one.
Place bus_place(const wire::Caller& caller, std::string_view name_or_arn);

// A rule goes by its bus and its own name: bus/rule, or only the rule's on the default bus.
struct RulePlace {
  Place bus;
  std::string name;

  std::string arn() const;
};
std::string key_of(const RulePlace& place);

// What an ARN of EventBridge names.
struct Named {
  std::string_view kind;
  Place place;  // the name is all that stands behind the kind
};
std::optional<Named> parse_arn(std::string_view arn);
// The rule of "bus/rule" or "rule".
RulePlace rule_place(const Place& named);

}  // namespace stepwell::events
