#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

Result<void> change(Queue& queue, const json::Value& entry, store::Batch& batch) {
  const std::string_view handle = entry.find("ReceiptHandle")->as_string();
  const json::Value* given = entry.find("VisibilityTimeout");
  std::int64_t seconds = queue.settings().visibility_seconds;
  if (given != nullptr && !given->is_null()) {
    TRY_ASSIGN(seconds, read_visibility(*given));
  }
  TRY_ASSIGN(const Receipt receipt, read_receipt(queue, handle));
  return queue.change_visibility(receipt, handle, seconds, batch);
}

}  // namespace

Task<Result<wire::Reply>> change_message_visibility_batch(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  CO_TRY_ASSIGN(const auto entries, read_entries(call, "ChangeMessageVisibilityBatchRequestEntry"));
  BatchReply reply(call);
  store::Batch batch;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.find("Id")->as_string();
    if (const auto changed = change(*queue, entry, batch)) {
      reply.succeed(id);
    } else {
      reply.refuse(id, changed.error());
    }
  }
  CO_TRY(co_await commit(sqs, std::move(batch)));
  co_return reply.finish();
}

}  // namespace stepwell::sqs
