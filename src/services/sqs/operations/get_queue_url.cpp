#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> get_queue_url(Sqs& sqs, wire::Call& call) {
  const std::string_view owner = call.optional_text("QueueOwnerAWSAccountId").value_or(call.caller.account);
  const std::string arn = queue_arn(call.caller.region, owner, call.text("QueueName"));
  CO_TRY_ASSIGN(const auto queue, sqs.queues.find(arn));
  if (queue == nullptr) co_return fail(errors::no_such_queue());
  co_return reply_with(json::ObjectBuilder(call.arena).add("QueueUrl", url_of(sqs, call, arn)).build());
}

}  // namespace stepwell::sqs
