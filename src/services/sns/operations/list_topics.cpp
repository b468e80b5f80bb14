#include "services/sns/operations/support.h"

#include <algorithm>

namespace stepwell::sns {

Task<Result<wire::Reply>> list_topics(Sns& sns, wire::Call& call) {
  CO_TRY_ASSIGN(const std::string after, read_next_token(call));
  const std::string prefix = fmt::format("arn:aws:sns:{}:{}:", call.caller.region, call.caller.account);
  CO_TRY_ASSIGN(const auto found, sns.channels.list_topics(prefix, after, page_size + 1));
  std::vector<json::Value> shown;
  for (const Topic& topic : std::span(found).first(std::min(found.size(), page_size))) {
    shown.push_back(json::ObjectBuilder(call.arena).add("TopicArn", topic.arn).build());
  }
  json::ObjectBuilder output(call.arena);
  output.add("Topics", json::make_array(call.arena, shown));
  if (found.size() > page_size) output.add("NextToken", next_token(found[page_size - 1].arn));
  co_return reply_with(output.build());
}

}  // namespace stepwell::sns
