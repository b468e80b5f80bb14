#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> delete_schedule(Schedules& schedules, wire::Call& call) {
  const auto lock = co_await schedules.book.changes().lock();
  CO_TRY_ASSIGN(const Schedule schedule, find_schedule(schedules, call));
  store::Batch batch;
  Book::erase(schedule, batch);
  CO_TRY(co_await schedules.book.commit(std::move(batch)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::scheduler
