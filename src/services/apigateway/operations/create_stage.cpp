#include "services/apigateway/operations/stage_support.h"

namespace stepwell::apigateway {
namespace {
constexpr std::size_t max_stages = 10;
}

Task<Result<wire::Reply>> create_stage(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(call, {"clientCertificateId"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view name = call.text("stageName");
  if (draft.find(Kind::stage, name) != nullptr) co_return fail(errors::conflict("Stage already exists"));
  if (draft.count(Kind::stage) >= max_stages) {
    co_return fail(errors::make("TooManyRequestsException", "Maximum number of stages for this API has been reached."));
  }
  if (call.flag("autoDeploy") && call.has("deploymentId")) {
    co_return fail(errors::bad_request("Deployment ID cannot be set on a stage with AutoDeploy enabled"));
  }
  const json::Value stage = new_stage(call.arena, draft, given(call, call.arena));
  CO_TRY(check_stage(draft, stage));
  CO_TRY(check_route_settings(call, draft));
  draft.put(Kind::stage, name, json::print(stage));
  if (call.flag("autoDeploy")) draft.deploy_automatically();
  CO_TRY(co_await draft.commit());
  co_return reply_with(shown(call, read(call.arena, *draft.find(Kind::stage, name))));
}

}  // namespace stepwell::apigateway
