#include "services/sns/operations/support.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> untag_resource(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_resource(sns, call));
  Topic topic = channel->topic;
  for (const json::Value& key : call.member("TagKeys")->elements()) {
    std::erase_if(topic.tags, [&key](const Tag& tag) { return tag.key == key.as_string(); });
  }
  CO_TRY(co_await sns.channels.save(std::move(topic)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
