#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> update_job_queue(Jobs& jobs, wire::Call& call) {
  if (call.has("schedulingPolicyArn")) co_return fail(errors::not_implemented("A scheduling policy"));
  if (call.has("jobStateTimeLimitActions")) co_return fail(errors::not_implemented("A time limit of a job's state"));
  if (call.has("serviceEnvironmentOrder")) co_return fail(errors::not_implemented("A queue of service jobs"));
  CO_TRY(check_range(call, "priority", 0, 10'000));
  const auto lock = co_await jobs.catalog.changes().lock();
  CO_TRY_ASSIGN(const Found found, find_queue(jobs, call, call.text("jobQueue")));
  json::Value document =
      with(call.arena, found.document, pick(call.arena, call.input, {"priority", "state"}).members());
  if (call.has("computeEnvironmentOrder")) {
    CO_TRY_ASSIGN(const json::Value order, read_environment_order(jobs, call));
    document = with(call.arena, document, {{"computeEnvironmentOrder", order}});
  }
  CO_TRY(co_await jobs.catalog.save(found.place, document));
  jobs.conductor->knock();
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("jobQueueName", found.place.name)
                           .add("jobQueueArn", found.place.arn())
                           .build());
}

}  // namespace stepwell::batch
