#include "services/states/operations/support.h"
#include "services/states/tags.h"

namespace stepwell::states {

// A second call with the same name gives the same activity. Its tags do not count, its encryption does.
Task<Result<wire::Reply>> create_activity(States& states, wire::Call& call) {
  CO_TRY(check_name(call.text("name")));
  ActivityRecord record{.arn = activity_arn(call.caller, call.text("name")),
                        .name = std::string(call.text("name")),
                        .created = states.clock.now(),
                        .tags = {},
                        .encryption = {}};
  CO_TRY_ASSIGN(record.tags, with_tags(no_tags, call.member("tags"), record.arn));
  CO_TRY_ASSIGN(record.encryption, encryption_of(call, owned_key));
  const auto lock = co_await states.machines.changes().lock();
  CO_TRY_ASSIGN(const auto existing, states.activities.find(record.arn));
  if (existing && existing->encryption != record.encryption) {
    co_return fail(errors::activity_already_exists(record.arn));
  }
  json::ObjectBuilder output(call.arena);
  output.add("activityArn", record.arn);
  output.add("creationDate", date(call.arena, existing ? existing->created : record.created));
  if (!existing) CO_TRY(co_await states.activities.save(std::move(record)));
  co_return reply(output.build());
}

}  // namespace stepwell::states
