#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> cancel_message_move_task(Sqs& sqs, wire::Call& call) {
  const auto handle = read_task_handle(call.text("TaskHandle"));
  if (!handle) co_return fail(errors::invalid_parameter("Value for parameter TaskHandle is invalid."));
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(auto task, sqs.moves->find(handle->source, handle->id));
  if (!task) co_return fail(errors::no_such_task());
  if (task->status != MoveTask::Status::running) {
    co_return fail(errors::make("UnsupportedOperation", "Only active tasks can be cancelled."));
  }
  CO_TRY_ASSIGN(const MoveTask cancelled, co_await sqs.moves->cancel(std::move(*task)));
  co_return reply_with(json::ObjectBuilder(call.arena)
                           .add("ApproximateNumberOfMessagesMoved", static_cast<std::int64_t>(cancelled.moved))
                           .build());
}

}  // namespace stepwell::sqs
