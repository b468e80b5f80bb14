#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> delete_queue(Sqs& sqs, wire::Call& call) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  CO_TRY(co_await sqs.queues.remove(queue));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
