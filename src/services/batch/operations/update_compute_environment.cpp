#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> update_compute_environment(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  CO_TRY_ASSIGN(const Found found, find_environment(jobs, call, call.text("computeEnvironment")));
  json::Arena& arena = call.arena;
  json::Value document =
      with(arena, found.document,
           pick(arena, call.input, {"context", "serviceRole", "state", "unmanagedvCpus", "updatePolicy"}).members());
  if (call.has("computeResources")) {
    const json::Value resources =
        with(arena, object_of(found.document, "computeResources"), object_of(call.input, "computeResources").members());
    document = with(arena, document, {{"computeResources", resources}});
  }
  CO_TRY(co_await jobs.catalog.save(found.place, document));
  jobs.conductor->knock();
  co_return reply_with(json::ObjectBuilder(arena)
                           .add("computeEnvironmentName", found.place.name)
                           .add("computeEnvironmentArn", found.place.arn())
                           .build());
}

}  // namespace stepwell::batch
