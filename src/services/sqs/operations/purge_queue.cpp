#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

constexpr Duration between_purges = std::chrono::seconds(60);

}  // namespace

Task<Result<wire::Reply>> purge_queue(Sqs& sqs, wire::Call& call) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  const auto& last = queue->record().purged;
  if (last && *last + between_purges > sqs.ports.clock.now()) {
    co_return fail(errors::purge_in_progress(name_of(queue->record().arn)));
  }
  CO_TRY(co_await queue->purge());
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
