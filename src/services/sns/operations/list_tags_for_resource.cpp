#include "services/sns/operations/support.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> list_tags_for_resource(Sns& sns, wire::Call& call) {
  CO_TRY_ASSIGN(const ChannelPtr channel, find_resource(sns, call));
  std::vector<json::Value> shown;
  for (const Tag& tag : channel->topic.tags) {
    shown.push_back(json::ObjectBuilder(call.arena).add("Key", tag.key).add("Value", tag.value).build());
  }
  co_return reply_with(call, "Tags", json::make_array(call.arena, shown));
}

}  // namespace stepwell::sns
