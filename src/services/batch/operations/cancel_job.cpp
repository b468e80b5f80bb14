#include "services/batch/operations/support.h"

namespace stepwell::batch {

// What runs already goes on.
Task<Result<wire::Reply>> cancel_job(Jobs& jobs, wire::Call& call) {
  const auto id = parse_job_id(call.text("jobId"));
  const auto lock = co_await jobs.conductor->changes().lock();
  Change change(jobs.ledger, jobs.events, jobs.clock.now());
  CO_TRY_ASSIGN(Job* const job, id ? change.find(*id) : Result<Job*>(nullptr));
  if (job == nullptr) co_return fail(errors::job_not_found(call.text("jobId")));
  CO_TRY(jobs.conductor->cancel(change, *job, call.text("reason")));
  CO_TRY(co_await jobs.conductor->commit(change));
  jobs.conductor->knock();
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
