#include "services/sqs/operations/queue_settings.h"
#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> set_queue_attributes(Sqs& sqs, wire::Call& call) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  QueueRecord record = queue->record();
  const QueueType type = queue->settings().fifo ? QueueType::fifo : QueueType::standard;
  CO_TRY_ASSIGN(record.attributes, with_attributes(std::move(record.attributes), *call.member("Attributes"), type));
  CO_TRY(check_dead_letters(sqs, record));
  record.modified = sqs.ports.clock.now();
  CO_TRY(co_await sqs.queues.save(std::move(record)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
