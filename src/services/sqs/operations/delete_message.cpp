#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> delete_message(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  const std::string_view handle = call.text("ReceiptHandle");
  CO_TRY_ASSIGN(const Receipt receipt, read_receipt(*queue, handle));
  store::Batch batch;
  CO_TRY_ASSIGN(const auto removed, queue->remove(receipt, handle, batch));
  const auto durable = co_await commit(sqs, std::move(batch));
  if (removed && durable) queue->removed(*removed);
  if (removed && !durable) queue->kept(*removed);
  CO_TRY(durable);
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
