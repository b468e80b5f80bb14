#include "crypto/hash.h"
#include "services/sns/confirmations.h"
#include "services/sns/operations/support.h"
#include "wire/arn.h"

namespace stepwell::sns {
namespace {

// nullptr: there is none. Whoever has the token may confirm; a link says nothing of the region.
Result<ChannelPtr> find_topic(Sns& sns, const wire::Call& call) {
  const auto arn = wire::Arn::parse(call.text("TopicArn"));
  const bool is_one =
      arn && arn->service == "sns" && (call.caller.access_key.empty() || arn->region == call.caller.region);
  if (!is_one) return fail(errors::invalid_parameter("Topic"));
  return sns.channels.find(std::string(call.text("TopicArn")));
}

}  // namespace

Task<Result<wire::Reply>> confirm_subscription(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const std::string id, subscription_of_token(call.text("Token")));
  CO_TRY_ASSIGN(const ChannelPtr channel, find_topic(sns, call));
  const Subscriber* found = channel == nullptr ? nullptr : channel->find(id);
  if (found == nullptr || !crypto::equal_secrets(found->subscription.token, call.text("Token"))) {
    co_return fail(errors::invalid_parameter("Token"));
  }
  Subscription subscription = found->subscription;
  if (subscription.state != Subscription::State::confirmed) {
    subscription.state = Subscription::State::confirmed;
    subscription.was_authenticated = !call.caller.access_key.empty();
    subscription.guards_unsubscribe = call.text("AuthenticateOnUnsubscribe") == "true";
    CO_TRY(co_await sns.channels.save(subscription));
  }
  co_return reply_with_text(call, "SubscriptionArn", subscription.arn());
}

}  // namespace stepwell::sns
