#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> terminate_job(Jobs& jobs, wire::Call& call) {
  const auto id = parse_job_id(call.text("jobId"));
  const auto lock = co_await jobs.conductor->changes().lock();
  Change change(jobs.ledger, jobs.events, jobs.clock.now());
  CO_TRY_ASSIGN(Job* const job, id ? change.find(*id) : Result<Job*>(nullptr));
  if (job == nullptr) co_return fail(errors::job_not_found(call.text("jobId")));
  std::vector<JobId> stopped;
  CO_TRY(jobs.conductor->terminate(change, *job, call.text("reason"), stopped));
  CO_TRY(co_await jobs.conductor->commit(change));
  jobs.conductor->stop_attempts(stopped);
  jobs.conductor->knock();
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
