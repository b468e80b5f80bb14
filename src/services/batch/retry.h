#pragma once
// Whether a job whose attempt has failed is tried again (RetryStrategy).

#include "base/error.h"
#include "lang/json/value.h"
#include "services/batch/job.h"

namespace stepwell::batch {

// Error ClientException.
Result<void> check_retry_strategy(const json::Value& strategy);

// `begun` attempts have been made, `last` of which is over.
bool is_retried(const json::Value& strategy, std::uint32_t begun, const Attempt& last);

}  // namespace stepwell::batch
