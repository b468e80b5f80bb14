#include "services/batch/operations/support.h"
#include "services/batch/submission.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> submit_job(Jobs& jobs, wire::Call& call) {
  store::Batch batch;
  CO_TRY_ASSIGN(wire::Reply reply, fold_submit_job(jobs, call, batch));
  CO_TRY(co_await jobs.catalog.commit(std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::batch
