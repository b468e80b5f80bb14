#include "services/sqs/operations/tags.h"

#include "lang/json/parse.h"
#include "lang/json/print.h"

namespace stepwell::sqs {
namespace {

constexpr std::size_t most_tags = 50;

}  // namespace

Task<Result<wire::Reply>> change_tags(Sqs& sqs, wire::Call& call,
                                      std::function<json::Value(const json::Value& tags)> change) {
  const auto lock = co_await sqs.queues.changes().lock();
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  QueueRecord record = queue->record();
  const auto tags = json::parse_copy(call.arena, record.tags);
  if (!tags) co_return fail(errors::unreadable(record.arn));
  const json::Value changed = change(*tags);
  if (changed.size() > most_tags) co_return fail(errors::invalid_parameter("Too many tags added for queue."));
  record.tags = json::print(changed);
  CO_TRY(co_await sqs.queues.save(std::move(record)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sqs
