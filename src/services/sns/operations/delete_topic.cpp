#include "services/sns/operations/support.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> delete_topic(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  const auto channel = find_channel(sns, call, "TopicArn", call.text("TopicArn"));
  // What is not there is as good as deleted.
  if (!channel && channel.error().code == "NotFoundException") co_return reply_with_nothing(call);
  if (!channel) co_return fail(channel.error());
  CO_TRY(co_await sns.channels.remove((*channel)->topic.arn));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
