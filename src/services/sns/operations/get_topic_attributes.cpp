#include "services/sns/operations/support.h"
#include "services/sns/topic_attributes.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> get_topic_attributes(Sns& sns, wire::Call& call) {
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  co_return reply_with(call, "Attributes", show_topic_attributes(call.arena, *channel));
}

}  // namespace stepwell::sns
