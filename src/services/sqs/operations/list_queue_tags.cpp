#include "lang/json/parse.h"
#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> list_queue_tags(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto queue, find_queue(sqs, call));
  json::ObjectBuilder output(call.arena);
  const auto tags = json::parse_copy(call.arena, queue->record().tags);
  if (tags && tags->size() > 0) output.add("Tags", *tags);
  co_return reply_with(output.build());
}

}  // namespace stepwell::sqs
