#include "services/sns/operations/support.h"
#include "services/sns/policy_document.h"

namespace stepwell::sns {
namespace {

std::vector<std::string_view> texts(const wire::Call& call, std::string_view member) {
  std::vector<std::string_view> texts;
  for (const json::Value& text : call.member(member)->elements()) texts.push_back(text.as_string());
  return texts;
}

}  // namespace

Task<Result<wire::Reply>> add_permission(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  Topic topic = channel->topic;
  const Permission permission{
      .label = call.text("Label"), .accounts = texts(call, "AWSAccountId"), .actions = texts(call, "ActionName")};
  CO_TRY_ASSIGN(std::string policy, add_permission(policy_of(topic), topic.arn, permission));
  topic.attributes.insert_or_assign("Policy", std::move(policy));
  CO_TRY(co_await sns.channels.save(std::move(topic)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
