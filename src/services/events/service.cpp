#include "services/events/service.h"

#include "services/directory/operations.h"
#include "services/events/events.h"
#include "services/events/model.h"
#include "services/events/operations/support.h"
#include "services/events/ticker.h"

#include <array>

namespace stepwell::events {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Events>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/events/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

}  // namespace

struct Service::Parts {
  Parts(const ServicePorts& ports, std::unique_ptr<Registry> opened)
      : registry(std::move(opened)),
        router({.clock = ports.clock,
                .random = ports.random,
                .log = ports.log,
                .deliveries = ports.deliveries,
                .registry = *registry}),
        authorizer(*registry, ports.client, ports.clock),
        ticker(std::make_shared<Ticker>(Ticker::Ports{.store = ports.store,
                                                      .scheduler = ports.scheduler,
                                                      .clock = ports.clock,
                                                      .random = ports.random,
                                                      .log = ports.log,
                                                      .registry = *registry,
                                                      .router = router})),
        events{.store = ports.store,
               .scheduler = ports.scheduler,
               .clock = ports.clock,
               .random = ports.random,
               .registry = *registry,
               .router = router,
               .authorizer = authorizer} {
    registry->watch([this] { ticker->refresh(); });
  }

  static std::string policy_of(const Bus* bus) {
    if (bus == nullptr) return {};
    json::Arena arena;
    return std::string(text_of(read(arena, bus->document), "Policy"));
  }

  std::unique_ptr<Registry> registry;
  Router router;
  Authorizer authorizer;
  std::shared_ptr<Ticker> ticker;
  Events events;
};

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() { parts_->ticker->stop(); }

Result<std::unique_ptr<Service>> Service::open(const ServicePorts& ports) {
  TRY_ASSIGN(auto registry, Registry::open(ports.store, ports.scheduler));
  return std::unique_ptr<Service>(new Service(std::make_unique<Parts>(ports, std::move(registry))));
}

Result<void> Service::start() { return parts_->ticker->start(); }
deliveries::Connections& Service::connections() { return parts_->authorizer; }
const wire::ApiModel& Service::model() const { return events::model(); }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Events>(operations, parts_->events, call);
}

Result<wire::Reply> Service::fold(wire::Call& call, store::Batch& batch) {
  if (call.operation->name != "PutEvents") return directory::Service::fold(call, batch);
  store::Batch own;
  TRY_ASSIGN(wire::Reply reply, fold_put_events(parts_->events, call, own));
  batch.append(std::move(own));
  return reply;
}

// PutEvents is allowed for each bus that it names; PutTargets hands on the roles of the targets, and sends to the buses
// of other accounts among them.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs;
  if (call.operation->name == "PutEvents") {
    for (const json::Value& entry : call.member("Entries")->elements()) {
      const Place bus = bus_place(call.caller, text_of(entry, "EventBusName"));
      needs.push_back({.action = "events:PutEvents",
                       .resource = arn_of(bus, "event-bus"),
                       .policy = parts_->policy_of(parts_->registry->find_bus(bus))});
    }
    return needs;
  }
  needs = directory::needs_of(model(), actions(), call);
  for (directory::Need& need : needs) {
    const auto named = parse_arn(need.resource);
    if (named && named->kind == "event-bus") need.policy = parts_->policy_of(parts_->registry->find_bus(named->place));
  }
  if (call.operation->name != "PutTargets") return needs;
  for (const json::Value& target : call.member("Targets")->elements()) {
    if (const std::string_view role = text_of(target, "RoleArn"); !role.empty()) {
      needs.push_back({.action = "iam:PassRole", .resource = std::string(role), .passed_to = "events.amazonaws.com"});
    }
    const std::string_view arn = text_of(target, "Arn");
    const auto named = parse_arn(arn);
    if (named && named->kind == "event-bus" && named->place.account != call.caller.account) {
      needs.push_back({.action = "events:PutEvents",
                       .resource = std::string(arn),
                       .policy = parts_->policy_of(parts_->registry->find_bus(named->place))});
    }
  }
  return needs;
}

bool Service::awaits_events(const wire::Caller& where, std::string_view source) const {
  const Bus* const bus = parts_->registry->find_bus(bus_place(where, {}));
  return bus != nullptr && bus->awaits(source);
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  return tag_of(*parts_->registry, arn, key);
}

}  // namespace stepwell::events
