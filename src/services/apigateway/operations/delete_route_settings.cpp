#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> delete_route_settings(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view name = call.text("stageName");
  const std::string* before = draft.find(Kind::stage, name);
  if (before == nullptr) co_return fail(part_not_found(Kind::stage, name));
  const json::Value stage = read(call.arena, *before);
  const json::Value settings = object_of(stage, "routeSettings");
  if (settings.find(call.text("routeKey")) == nullptr) {
    co_return fail(errors::not_found(fmt::format("Route settings for {} not found", call.text("routeKey"))));
  }
  const json::Value left = with(call.arena, settings, {{call.text("routeKey"), json::Value()}});
  draft.put(Kind::stage, name, json::print(with(call.arena, stage, {{"routeSettings", left}})));
  CO_TRY(co_await draft.commit());
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
