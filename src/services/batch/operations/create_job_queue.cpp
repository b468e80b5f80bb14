#include "services/batch/operations/support.h"
#include "services/batch/records.h"

namespace stepwell::batch {
namespace {

constexpr std::size_t most_queues = 50;  // of an account and region

Result<void> check(const wire::Call& call) {
  if (!is_name(call.text("jobQueueName"))) return fail(errors::refused("jobQueueName should match valid pattern"));
  if (call.has("schedulingPolicyArn")) return fail(errors::not_implemented("A scheduling policy"));
  if (call.has("jobStateTimeLimitActions")) return fail(errors::not_implemented("A time limit of a job's state"));
  if (call.has("serviceEnvironmentOrder")) return fail(errors::not_implemented("A queue of service jobs"));
  return check_range(call, "priority", 0, 10'000);
}

}  // namespace

Task<Result<wire::Reply>> create_job_queue(Jobs& jobs, wire::Call& call) {
  CO_TRY(check(call));
  const auto lock = co_await jobs.catalog.changes().lock();
  const wire::Caller& caller = call.caller;
  const Place place{.kind = Kind::queue,
                    .account = caller.account,
                    .region = caller.region,
                    .name = std::string(call.text("jobQueueName"))};
  CO_TRY_ASSIGN(const auto existing, jobs.catalog.find(call.arena, place));
  if (existing) co_return fail(errors::object_exists());
  CO_TRY_ASSIGN(const std::size_t count, jobs.catalog.count(Kind::queue, caller.account, caller.region));
  if (count >= most_queues) co_return fail(errors::quota_exceeded("job queues"));
  CO_TRY_ASSIGN(const json::Value order, read_environment_order(jobs, call));
  const std::string_view state = call.has("state") ? call.text("state") : "ENABLED";
  const json::Value document = with(call.arena, pick(call.arena, call.input, {"jobQueueName", "priority"}),
                                    {{"state", json::Value::string(state)},
                                     {"status", json::Value::string("VALID")},
                                     {"statusReason", json::Value::string("JobQueue Healthy")},
                                     {"computeEnvironmentOrder", order},
                                     {"jobQueueType", json::Value::string("ECS")},
                                     {"tags", tags_of(call)}});
  CO_TRY(co_await jobs.catalog.save(place, document));
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("jobQueueName", place.name).add("jobQueueArn", place.arn()).build());
}

}  // namespace stepwell::batch
