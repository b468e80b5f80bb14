#include "services/states/operations/support.h"

namespace stepwell::states {

Task<Result<wire::Reply>> describe_activity(States& states, wire::Call& call) {
  const std::string_view arn = call.text("activityArn");
  CO_TRY(check_activity_arn(arn));
  CO_TRY_ASSIGN(const auto record, states.activities.find(arn));
  if (!record) co_return fail(errors::activity_does_not_exist(arn));
  json::ObjectBuilder output(call.arena);
  output.add("activityArn", record->arn);
  output.add("creationDate", date(call.arena, record->created));
  output.add("encryptionConfiguration", stored_json(call.arena, record->encryption));
  output.add("name", record->name);
  co_return reply(output.build());
}

}  // namespace stepwell::states
