#include "services/sqs/operations/support.h"

namespace stepwell::sqs {
namespace {

constexpr std::size_t looked_at_once = 500;

}  // namespace

Task<Result<wire::Reply>> list_dead_letter_source_queues(Sqs& sqs, wire::Call& call) {
  CO_TRY_ASSIGN(const auto target, find_queue(sqs, call));
  CO_TRY_ASSIGN(const std::size_t most, read_page_size(call));
  CO_TRY_ASSIGN(std::string after, read_token(call));
  const std::string prefix = queue_arn(call.caller.region, call.caller.account, "");
  std::vector<std::string> sources;
  while (sources.size() <= most) {
    CO_TRY_ASSIGN(const auto queues, sqs.queues.list(prefix, after, looked_at_once));
    if (queues.empty()) break;
    after = queues.back().arn;
    for (const QueueRecord& queue : queues) {
      const auto dead_letters = settings_of(queue.attributes).dead_letters;
      if (dead_letters && dead_letters->target == target->record().arn) sources.push_back(queue.arn);
    }
  }
  std::vector<json::Value> urls;
  for (const std::string& arn : std::span(sources).first(std::min(sources.size(), most))) {
    urls.push_back(json::make_string(call.arena, url_of(sqs, call, arn)));
  }
  json::ObjectBuilder output(call.arena);
  output.add("queueUrls", json::make_array(call.arena, urls));
  if (sources.size() > most && call.has("MaxResults")) output.add("NextToken", token(sources[most - 1]));
  co_return reply_with(output.build());
}

}  // namespace stepwell::sqs
