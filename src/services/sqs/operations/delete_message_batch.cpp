#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> delete_message_batch(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  CO_TRY_ASSIGN(const auto entries, read_entries(call, "DeleteMessageBatchRequestEntry"));
  BatchReply reply(call);
  store::Batch batch;
  std::vector<Sequence> removed;
  for (const json::Value& entry : entries) {
    const std::string_view id = entry.find("Id")->as_string();
    const std::string_view handle = entry.find("ReceiptHandle")->as_string();
    const auto receipt = read_receipt(*queue, handle);
    const auto removal = receipt ? queue->remove(*receipt, handle, batch) : fail(receipt.error());
    if (!removal) {
      reply.refuse(id, removal.error());
      continue;
    }
    if (*removal) removed.push_back(**removal);
    reply.succeed(id);
  }
  const auto durable = co_await commit(sqs, std::move(batch));
  for (const Sequence sequence : removed) durable ? queue->removed(sequence) : queue->kept(sequence);
  CO_TRY(durable);
  co_return reply.finish();
}

}  // namespace stepwell::sqs
