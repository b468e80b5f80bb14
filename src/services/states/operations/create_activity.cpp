#include "services/states/operations/support.h"

namespace stepwell::states {

// A second call with the same name gives the same activity.
Task<Result<wire::Reply>> create_activity(States& states, wire::Call& call) {
  CO_TRY(check_name(call.text("name")));
  ActivityRecord record{.arn = activity_arn(call.caller, call.text("name")),
                        .name = std::string(call.text("name")),
                        .created = states.clock.now(),
                        .tags = configuration_of(call, "tags", "[]")};
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(const auto existing, states.activities.find(record.arn));
  json::ObjectBuilder output(call.arena);
  output.add("activityArn", record.arn);
  output.add("creationDate", date(call.arena, existing ? existing->created : record.created));
  if (!existing) CO_TRY(co_await states.activities.save(std::move(record)));
  co_return reply(output.build());
}

}  // namespace stepwell::states
