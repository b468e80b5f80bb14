#include "services/sns/operations/support.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> list_subscriptions_by_topic(Sns& sns, wire::Call& call) {
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  co_return list(sns, call, topic_key(channel->topic.arn));
}

}  // namespace stepwell::sns
