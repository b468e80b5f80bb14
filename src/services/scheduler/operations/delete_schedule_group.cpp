#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> delete_schedule_group(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  const GroupPlace place = group_place(call.caller, call.text("Name"));
  if (place.name == default_group) co_return fail(errors::invalid("The default schedule group cannot be deleted."));
  CO_TRY(find_group(schedules, place));
  CO_TRY(co_await schedules.book.remove_group(place));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::scheduler
