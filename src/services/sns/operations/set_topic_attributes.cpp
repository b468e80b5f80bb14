#include "services/sns/operations/support.h"
#include "services/sns/topic_attributes.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> set_topic_attributes(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  Topic topic = channel->topic;
  const std::string_view name = call.text("AttributeName");
  const std::string_view value = call.text("AttributeValue");
  CO_TRY(check_topic_attribute(topic, name, value, false));
  topic.attributes.insert_or_assign(std::string(name), value);
  CO_TRY(co_await sns.channels.save(std::move(topic)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
