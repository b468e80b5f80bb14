#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> create_schedule(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  const SchedulePlace place = schedule_place(call);
  CO_TRY(find_group(schedules, place.group));
  CO_TRY_ASSIGN(const auto existing, schedules.book.find(place));
  if (existing) co_return fail(errors::schedule_exists(place.name));
  CO_TRY_ASSIGN(const Schedule schedule, read_schedule(schedules, call, schedules.clock.now()));
  CO_TRY(co_await save(schedules, nullptr, schedule));
  co_return reply_with(json::ObjectBuilder(call.arena).add("ScheduleArn", place.arn()).build());
}

}  // namespace stepwell::scheduler
