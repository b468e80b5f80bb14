#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> get_schedule(Schedules& schedules, wire::Call& call) {
  CO_TRY_ASSIGN(const Schedule schedule, find_schedule(schedules, call));
  const json::Value document = read(call.arena, schedule.document);
  const json::Value shown =
      pick(call.arena, document,
           {"ActionAfterCompletion", "Description", "EndDate", "FlexibleTimeWindow", "KmsKeyArn", "Name",
            "ScheduleExpression", "ScheduleExpressionTimezone", "StartDate", "State", "Target"});
  co_return reply_with(with(call.arena, shown,
                            {{"Arn", json::make_string(call.arena, schedule.place.arn())},
                             {"GroupName", json::make_string(call.arena, schedule.place.group.name)},
                             {"CreationDate", date_of(call.arena, document, "Created")},
                             {"LastModificationDate", date_of(call.arena, document, "Modified")}}));
}

}  // namespace stepwell::scheduler
