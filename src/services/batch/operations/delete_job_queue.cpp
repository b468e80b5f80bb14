#include "services/batch/operations/support.h"
#include "services/batch/records.h"

namespace stepwell::batch {

// Its jobs are terminated, and it is gone with the last of them.
Task<Result<wire::Reply>> delete_job_queue(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  const auto found = find_queue(jobs, call, call.text("jobQueue"));
  if (!found) co_return reply_with_nothing(call);  // as on AWS
  if (text_of(found->document, "state") != "DISABLED") co_return fail(errors::not_disabled());
  store::Batch batch;
  Catalog::put(found->place, with(call.arena, found->document, {{"status", json::Value::string("DELETING")}}), batch);
  batch.put(store::Table::job_index, row_key(Row::closing).text(found->place.arn()).view(), {});
  CO_TRY(co_await jobs.catalog.commit(std::move(batch)));
  jobs.conductor->knock();
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
