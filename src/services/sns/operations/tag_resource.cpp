#include "services/sns/operations/support.h"

#include <algorithm>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_tags = 50;

}  // namespace

Task<Result<wire::Reply>> tag_resource(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_resource(sns, call));
  CO_TRY_ASSIGN(const auto added, read_tags(call));
  Topic topic = channel->topic;
  for (const Tag& tag : added) {
    const auto known = std::ranges::find(topic.tags, tag.key, &Tag::key);
    if (known == topic.tags.end()) {
      topic.tags.push_back(tag);
    } else {
      known->value = tag.value;
    }
  }
  if (topic.tags.size() > max_tags) co_return fail(errors::too_many_tags());
  CO_TRY(co_await sns.channels.save(std::move(topic)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
