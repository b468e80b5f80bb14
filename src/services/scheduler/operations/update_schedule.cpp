#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> update_schedule(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  CO_TRY_ASSIGN(const Schedule before, find_schedule(schedules, call));
  const json::Value* created = read(call.arena, before.document).find("Created");
  const Timestamp since{Duration{created == nullptr ? 0 : created->as_integer().value_or(0)}};
  CO_TRY_ASSIGN(const Schedule schedule, read_schedule(schedules, call, since));
  CO_TRY(co_await save(schedules, &before, schedule));
  co_return reply_with(json::ObjectBuilder(call.arena).add("ScheduleArn", before.place.arn()).build());
}

}  // namespace stepwell::scheduler
