#include "services/batch/operations/support.h"

namespace stepwell::batch {
namespace {

constexpr std::size_t most_environments = 50;  // of an account and region
constexpr std::string_view usual_role = "role/aws-service-role/batch.amazonaws.com/AWSServiceRoleForBatch";

Result<void> check(const wire::Call& call) {
  if (!is_name(call.text("computeEnvironmentName"))) {
    return fail(errors::refused("computeEnvironmentName should match valid pattern"));
  }
  if (call.has("eksConfiguration")) return fail(errors::not_implemented("A compute environment on Amazon EKS"));
  const bool managed = call.text("type") == "MANAGED";
  if (managed && !call.has("computeResources")) {
    return fail(errors::client("computeResources must be provided for a MANAGED compute environment"));
  }
  if (managed && call.has("unmanagedvCpus")) {
    return fail(errors::client("unmanagedvCpus is for UNMANAGED compute environments only"));
  }
  const json::Value* bound = object_of(call.input, "computeResources").find("maxvCpus");
  if (bound != nullptr && bound->as_integer().value_or(0) < 0) {
    return fail(errors::client("maxvCpus must not be negative"));
  }
  return {};
}

}  // namespace

Task<Result<wire::Reply>> create_compute_environment(Jobs& jobs, wire::Call& call) {
  CO_TRY(check(call));
  const auto lock = co_await jobs.catalog.changes().lock();
  const wire::Caller& caller = call.caller;
  const Place place{.kind = Kind::environment,
                    .account = caller.account,
                    .region = caller.region,
                    .name = std::string(call.text("computeEnvironmentName"))};
  CO_TRY_ASSIGN(const auto existing, jobs.catalog.find(call.arena, place));
  if (existing) co_return fail(errors::object_exists());
  CO_TRY_ASSIGN(const std::size_t count, jobs.catalog.count(Kind::environment, caller.account, caller.region));
  if (count >= most_environments) co_return fail(errors::quota_exceeded("compute environments"));
  json::Arena& arena = call.arena;
  const std::string role = call.has("serviceRole") ? std::string(call.text("serviceRole"))
                                                   : fmt::format("arn:aws:iam::{}:{}", caller.account, usual_role);
  const std::string_view state = call.has("state") ? call.text("state") : "ENABLED";
  const json::Value document =
      with(arena,
           pick(arena, call.input, {"computeEnvironmentName", "computeResources", "context", "type", "unmanagedvCpus"}),
           {{"state", json::Value::string(state)},
            {"status", json::Value::string("VALID")},
            {"statusReason", json::Value::string("ComputeEnvironment Healthy")},
            {"serviceRole", json::make_string(arena, role)},
            {"containerOrchestrationType", json::Value::string("ECS")},
            {"ecsClusterArn", json::make_string(arena, cluster_arn(caller.account, caller.region, place.name))},
            {"uuid", json::make_string(arena, make_uuid(jobs.random))},
            {"tags", tags_of(call)}});
  CO_TRY(co_await jobs.catalog.save(place, document));
  co_return reply_with(json::ObjectBuilder(arena)
                           .add("computeEnvironmentName", place.name)
                           .add("computeEnvironmentArn", place.arn())
                           .build());
}

}  // namespace stepwell::batch
