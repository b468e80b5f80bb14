#include "services/batch/operations/support.h"
#include "services/batch/records.h"

namespace stepwell::batch {
namespace {
constexpr std::size_t most_jobs = 100;
}

// The jobs whose turn is next.
Task<Result<wire::Reply>> get_job_queue_snapshot(Jobs& jobs, wire::Call& call) {
  CO_TRY_ASSIGN(const Found queue, find_queue(jobs, call, call.text("jobQueue")));
  CO_TRY_ASSIGN(const auto keys, jobs.ledger.rows(ready_prefix(queue.place.arn()), {}, most_jobs));
  std::vector<json::Value> shown;
  for (const std::string& key : keys) {
    const auto id = read_ready(key);
    CO_TRY_ASSIGN(const auto job, id ? jobs.ledger.find(*id) : Result<std::optional<Job>>(std::nullopt));
    if (!job) continue;
    shown.push_back(json::ObjectBuilder(call.arena)
                        .add("jobArn", job_arn(job->queue_arn, job->id))
                        .add("earliestTimeAtPosition", job->runnable.time_since_epoch().count())
                        .build());
  }
  const json::Value front = json::ObjectBuilder(call.arena)
                                .add("jobs", json::make_array(call.arena, shown))
                                .add("lastUpdatedAt", jobs.clock.now().time_since_epoch().count())
                                .build();
  co_return reply_with(json::ObjectBuilder(call.arena).add("frontOfQueue", front).build());
}

}  // namespace stepwell::batch
