#include "services/sns/operations/support.h"
#include "services/sns/policy_document.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> remove_permission(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  Topic topic = channel->topic;
  CO_TRY_ASSIGN(std::string policy, remove_permission(policy_of(topic), call.text("Label")));
  topic.attributes.insert_or_assign("Policy", std::move(policy));
  CO_TRY(co_await sns.channels.save(std::move(topic)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
