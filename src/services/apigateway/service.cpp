#include "services/apigateway/service.h"

#include "services/apigateway/gateway.h"
#include "services/apigateway/model.h"
#include "services/apigateway/operations/tags.h"
#include "services/apigateway/serving/api_server.h"
#include "services/directory/operations.h"

#include <array>

namespace stepwell::apigateway {
namespace {

constexpr auto operations = std::to_array<directory::Operation<Gateway>>({
#define OPERATION(name, function) {#name, function},
#define UNSUPPORTED(name) {#name},
#include "services/apigateway/operations.def"
#undef OPERATION
#undef UNSUPPORTED
});

}  // namespace

struct Service::Parts {
  explicit Parts(const ServicePorts& ports)
      : apis(ports.store, ports.scheduler),
        server({.clock = ports.clock,
                .scheduler = ports.scheduler,
                .random = ports.random,
                .log = ports.log,
                .directory = ports.directory,
                .client = ports.client,
                .store = ports.store,
                .apis = apis}),
        gateway{.clock = ports.clock, .random = ports.random, .apis = apis, .own_url = ports.own_url} {
    apis.on_change([this](std::string_view api) { server.forget(api); });
    gateway.forget_authorizations = [this](std::string_view api) { server.forget_authorizations(api); };
  }

  Apis apis;
  ApiServer server;
  Gateway gateway;
};

Service::Service(const ServicePorts& ports) : parts_(std::make_unique<Parts>(ports)) {}
Service::~Service() = default;

ApiServer& Service::server() { return parts_->server; }
const wire::ApiModel& Service::model() const { return apigateway::model(); }

Task<Result<wire::Reply>> Service::call(wire::Call& call) {
  co_return co_await directory::run<Gateway>(operations, parts_->gateway, call);
}

// An integration, or an authorizer, hands on the role that it calls with.
std::vector<directory::Need> Service::needs(const wire::Call& call) const {
  std::vector<directory::Need> needs = directory::needs_of(model(), actions(), call);
  for (const std::string_view member : {"credentialsArn", "authorizerCredentialsArn"}) {
    const std::string_view role = call.text(member);
    if (role.empty()) continue;
    needs.push_back({.action = "iam:PassRole", .resource = std::string(role), .passed_to = "apigateway.amazonaws.com"});
  }
  return needs;
}

std::optional<std::string> Service::tag(std::string_view arn, std::string_view key) const {
  const auto place = parse_tagged(arn);
  if (!place) return std::nullopt;
  json::Arena arena;
  json::Value document;
  if (place->stage.empty()) {
    const auto api = parts_->apis.find(place->api);
    if (!api || !*api) return std::nullopt;
    document = read(arena, (*api)->document);
  } else {
    const auto stage = parts_->apis.part(place->api, Kind::stage, place->stage);
    if (!stage || !*stage) return std::nullopt;
    document = read(arena, **stage);
  }
  const json::Value* value = object_of(document, "tags").find(key);
  return value != nullptr && value->is_string() ? std::optional(std::string(value->as_string())) : std::nullopt;
}

}  // namespace stepwell::apigateway
