#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> create_schedule_group(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  const GroupPlace place = group_place(call.caller, call.text("Name"));
  CO_TRY_ASSIGN(const auto existing, schedules.book.find_group(place));
  if (existing) co_return fail(errors::group_exists(place.name));
  CO_TRY_ASSIGN(const auto groups, schedules.book.list_groups(place.account, place.region, "", Book::max_groups));
  if (groups.size() == Book::max_groups) co_return fail(errors::quota_exceeded("schedule groups"));
  const json::Value now = millis(call.arena, schedules.clock.now());
  const json::Value document =
      with(call.arena, pick(call.arena, call.input, {"Tags"}), {{"Created", now}, {"Modified", now}});
  CO_TRY(co_await schedules.book.save_group({.place = place, .document = json::print(document)}));
  co_return reply_with(json::ObjectBuilder(call.arena).add("ScheduleGroupArn", place.arn()).build());
}

}  // namespace stepwell::scheduler
