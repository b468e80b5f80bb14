#pragma once
// SubmitJob: what a call asks for, as a job; and its way into a commit.

#include "services/batch/batch.h"

namespace stepwell::batch {

// The operation as part of a commit. The job goes its way when that is durable.
Result<wire::Reply> fold_submit_job(Jobs& jobs, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::batch
