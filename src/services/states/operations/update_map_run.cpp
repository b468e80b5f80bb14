#include "services/states/operations/support.h"

namespace stepwell::states {

// Map runs are made by distributed Map states; without these there is none to update.
Task<Result<wire::Reply>> update_map_run(States&, wire::Call& call) {
  const std::string_view arn = call.text("mapRunArn");
  CO_TRY(check_map_run_arn(arn));
  if (!call.has("maxConcurrency") && !call.has("toleratedFailureCount") && !call.has("toleratedFailurePercentage")) {
    co_return fail(errors::validation(
        "Either the maxConcurrency, the toleratedFailureCount, or the toleratedFailurePercentage must be specified"));
  }
  co_return fail(errors::resource_not_found(arn));
}

}  // namespace stepwell::states
