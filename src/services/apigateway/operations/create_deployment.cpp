#include "services/apigateway/operations/support.h"

namespace stepwell::apigateway {
namespace {
constexpr std::size_t max_deployments = 1'000;
}

Task<Result<wire::Reply>> create_deployment(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  if (draft.count(Kind::route) == 0)
    co_return fail(errors::bad_request("At least one route is required before deploying the Api."));
  if (draft.count(Kind::deployment) >= max_deployments) {
    co_return fail(
        errors::make("TooManyRequestsException", "Maximum number of deployments for this API has been reached."));
  }
  const std::string id = draft.deploy(call.text("description"));
  if (call.has("stageName")) {
    const std::string_view name = call.text("stageName");
    const std::string* before = draft.find(Kind::stage, name);
    if (before == nullptr) co_return fail(part_not_found(Kind::stage, name));
    const json::Value stage = read(call.arena, *before);
    if (flag_of(stage, "autoDeploy")) {
      co_return fail(errors::bad_request("Deploying to a stage with AutoDeploy enabled is not allowed"));
    }
    draft.put(Kind::stage, name,
              json::print(with(call.arena, stage,
                               {{"deploymentId", json::Value::string(id)},
                                {"lastUpdatedDate", json::make_string(call.arena, draft.now())}})));
  }
  CO_TRY(co_await draft.commit());
  co_return reply_with(shown(call, read(call.arena, *draft.find(Kind::deployment, id))));
}

}  // namespace stepwell::apigateway
