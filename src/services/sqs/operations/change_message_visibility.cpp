#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> change_message_visibility(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  const std::string_view handle = call.text("ReceiptHandle");
  CO_TRY_ASSIGN(const std::int64_t seconds, read_visibility(*call.member("VisibilityTimeout")));
  CO_TRY_ASSIGN(const Receipt receipt, read_receipt(*queue, handle));
  store::Batch batch;
  CO_TRY(queue->change_visibility(receipt, handle, seconds, batch));
  CO_TRY(co_await commit(sqs, std::move(batch)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
