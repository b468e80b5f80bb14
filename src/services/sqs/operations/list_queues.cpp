#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> list_queues(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const std::size_t most, read_page_size(call));
  CO_TRY_ASSIGN(const std::string after, read_token(call));
  const std::string prefix = queue_arn(call.caller.region, call.caller.account, call.text("QueueNamePrefix"));
  CO_TRY_ASSIGN(const auto queues, sqs.queues.list(prefix, after, most + 1));
  const auto page = std::span(queues).first(std::min(queues.size(), most));
  std::vector<json::Value> urls;
  for (const QueueRecord& queue : page) urls.push_back(json::make_string(call.arena, url_of(sqs, call, queue.arn)));
  json::ObjectBuilder output(call.arena);
  if (!urls.empty()) output.add("QueueUrls", json::make_array(call.arena, urls));
  // Who asks for no pages gets the first thousand.
  if (queues.size() > most && call.has("MaxResults")) output.add("NextToken", token(page.back().arn));
  co_return reply_with(output.build());
}

}  // namespace stepwell::sqs
