#include "services/apigateway/operations/stage_support.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> update_stage(Gateway& gateway, wire::Call& call) {
  CO_TRY(refuse_members(call, {"clientCertificateId"}));
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(Draft draft, find_draft(gateway, call));
  const std::string_view name = call.text("stageName");
  const std::string* before = draft.find(Kind::stage, name);
  if (before == nullptr) co_return fail(part_not_found(Kind::stage, name));
  json::Value stage = updated(call, read(call.arena, *before), {"routeSettings", "stageVariables"});
  if (flag_of(stage, "autoDeploy") && call.has("deploymentId")) {
    co_return fail(errors::bad_request("Deployment ID cannot be set on a stage with AutoDeploy enabled"));
  }
  stage = with(call.arena, stage, {{"lastUpdatedDate", json::make_string(call.arena, draft.now())}});
  CO_TRY(check_stage(draft, stage));
  CO_TRY(check_route_settings(call, draft));
  const bool begins = flag_of(stage, "autoDeploy") && !flag_of(read(call.arena, *before), "autoDeploy");
  draft.put(Kind::stage, name, json::print(stage));
  if (begins) draft.deploy_automatically();
  CO_TRY(co_await draft.commit());
  co_return reply_with(shown(call, read(call.arena, *draft.find(Kind::stage, name))));
}

}  // namespace stepwell::apigateway
