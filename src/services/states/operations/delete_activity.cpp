#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> delete_activity(States& states, wire::Call& call) {
  const std::string_view arn = call.text("activityArn");
  CO_TRY(check_activity_arn(arn));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY(co_await states.activities.remove(std::string(arn)));
  co_return reply(json::ObjectBuilder(call.arena).build());
}

}  // namespace stepwell::states
