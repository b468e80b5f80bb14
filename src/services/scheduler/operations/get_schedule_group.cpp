#include "services/scheduler/operations/show_group.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> get_schedule_group(Schedules& schedules, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_group(schedules, group_place(call.caller, call.text("Name"))));
  co_return reply_with(show_group(call.arena, group));
}

}  // namespace stepwell::scheduler
