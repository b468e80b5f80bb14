#include "services/directory/actions.h"

#include "services/events/documents.h"
#include "services/events/model.h"
#include "services/events/place.h"

#include <array>

namespace stepwell::events {
namespace {

std::string bus(const wire::Call& call) {
  const std::string_view name = call.has("EventBusName") ? call.text("EventBusName") : call.text("Name");
  return arn_of(bus_place(call.caller, name), "event-bus");
}

std::string rule(const wire::Call& call) {
  const std::string_view name = call.has("Rule") ? call.text("Rule") : call.text("Name");
  return RulePlace{.bus = bus_place(call.caller, call.text("EventBusName")), .name = std::string(name)}.arn();
}

constexpr auto table = std::to_array<directory::Action>({
#define ACTION(operation, action, resource) {#operation, action, resource},
#include "services/events/actions.def"
#undef ACTION
});

constexpr auto roles = std::to_array<directory::PassedRole>({
#define PASS_ROLE(operation, member, service) {#operation, member, service},
#include "services/events/passed_roles.def"
#undef PASS_ROLE
});

}  // namespace

directory::Actions actions() { return {.actions = table, .passed_roles = roles}; }

}  // namespace stepwell::events
