#include "services/events/operations/destination.h"

#include "services/events/api_request.h"

namespace stepwell::events {
namespace {

ResourcePtr connection_at(const Events& events, std::string_view arn) {
  const auto named = parse_arn(arn);
  return named && named->kind == "connection" ? events.registry.find(Shelf::connections, resource_place(named->place))
                                              : nullptr;
}

}  // namespace

Result<void> check_connection_of(Events& events, const wire::Call& call) {
  const std::string_view arn = call.text("ConnectionArn");
  if (arn.empty() || connection_at(events, arn) != nullptr) return {};
  return fail(errors::not_found(fmt::format("Connection '{}' does not exist.", arn)));
}

json::Value show_destination(json::Arena& arena, const Events& events, const json::Value& document) {
  const ResourcePtr connection = connection_at(events, text_of(document, "ConnectionArn"));
  const bool active =
      connection != nullptr && text_of(read(arena, connection->document), "ConnectionState") == "AUTHORIZED";
  return with(arena,
              pick(arena, document,
                   {"ApiDestinationArn", "Name", "ConnectionArn", "InvocationEndpoint", "HttpMethod",
                    "InvocationRateLimitPerSecond"}),
              {{"ApiDestinationState", json::Value::string(active ? "ACTIVE" : "INACTIVE")},
               {"CreationTime", date_of(arena, document, "Created")},
               {"LastModifiedTime", date_of(arena, document, "Modified")}});
}

json::Value show_change(json::Arena& arena, const Events& events, const json::Value& document) {
  return pick(arena, show_destination(arena, events, document),
              {"ApiDestinationArn", "ApiDestinationState", "CreationTime", "LastModifiedTime"});
}

}  // namespace stepwell::events
