#include "services/batch/container.h"
#include "services/batch/operations/support.h"
#include "services/batch/retry.h"
#include "store/codec.h"

namespace stepwell::batch {
namespace {

Result<void> check(const wire::Call& call) {
  if (!is_name(call.text("jobDefinitionName"))) {
    return fail(errors::refused("jobDefinitionName should match valid pattern"));
  }
  if (call.text("type") == "multinode" || call.has("nodeProperties")) {
    return fail(errors::not_implemented("A multi-node parallel job"));
  }
  if (call.has("eksProperties")) return fail(errors::not_implemented("A job on Amazon EKS"));
  if (call.has("ecsProperties")) return fail(errors::not_implemented("A job of several containers"));
  if (call.has("consumableResourceProperties")) return fail(errors::not_implemented("A consumable resource"));
  if (!call.has("containerProperties")) return fail(errors::refused("containerProperties must be provided"));
  TRY(check_range(call, "schedulingPriority", 0, 9'999));
  TRY(check_container(object_of(call.input, "containerProperties")));
  TRY(check_retry_strategy(object_of(call.input, "retryStrategy")));
  return check_timeout(object_of(call.input, "timeout"));
}

// Revisions count from 1, whatever has become of earlier ones.
Result<std::uint32_t> last_revision(const Jobs& jobs, const Place& place) {
  std::uint32_t last = 0;
  const std::string prefix = revisions_prefix(place);
  TRY(jobs.catalog.visit(Kind::definition, prefix, store::prefix_end(prefix), store::Direction::backward,
                         [&last](const Place& revision, std::string_view) {
                           last = revision.revision;
                           return false;
                         }));
  return last;
}

}  // namespace

Task<Result<wire::Reply>> register_job_definition(Jobs& jobs, wire::Call& call) {
  CO_TRY(check(call));
  const auto lock = co_await jobs.catalog.changes().lock();
  Place place{.kind = Kind::definition,
              .account = call.caller.account,
              .region = call.caller.region,
              .name = std::string(call.text("jobDefinitionName"))};
  CO_TRY_ASSIGN(const std::uint32_t last, last_revision(jobs, place));
  place.revision = last + 1;
  json::Arena& arena = call.arena;
  json::Value document = with(arena,
                              pick(arena, call.input,
                                   {"containerProperties", "jobDefinitionName", "parameters", "platformCapabilities",
                                    "propagateTags", "retryStrategy", "schedulingPriority", "timeout", "type"}),
                              {{"status", json::Value::string("ACTIVE")},
                               {"containerOrchestrationType", json::Value::string("ECS")},
                               {"tags", tags_of(call)}});
  if (document.find("parameters") == nullptr) {
    document = with(arena, document, {{"parameters", json::ObjectBuilder(arena).build()}});
  }
  CO_TRY(co_await jobs.catalog.save(place, document));
  co_return reply_with(json::ObjectBuilder(arena)
                           .add("jobDefinitionName", place.name)
                           .add("jobDefinitionArn", place.arn())
                           .add("revision", static_cast<std::int64_t>(place.revision))
                           .build());
}

}  // namespace stepwell::batch
