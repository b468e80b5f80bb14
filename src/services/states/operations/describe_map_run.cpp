#include "services/states/operations/support.h"

namespace stepwell::states {

// Map runs are made by distributed Map states; without these there is none to describe.
Task<Result<wire::Reply>> describe_map_run(States&, wire::Call& call) {
  const std::string_view arn = call.text("mapRunArn");
  CO_TRY(check_map_run_arn(arn));
  co_return fail(errors::resource_not_found(arn));
}

}  // namespace stepwell::states
