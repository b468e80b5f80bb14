#include "services/sns/confirmations.h"
#include "services/sns/operations/support.h"

namespace stepwell::sns {
namespace {

Error not_authorized(const wire::Call& call) {
  return errors::make("AuthorizationErrorException",
                      fmt::format("The subscription {} can be ended by its owner alone", call.text("SubscriptionArn")));
}

}  // namespace

Task<Result<wire::Reply>> unsubscribe(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const SubscriptionName name, read_subscription_arn(call));
  CO_TRY_ASSIGN(const ChannelPtr channel, sns.channels.find(name.topic));
  const Subscriber* found = channel == nullptr ? nullptr : channel->find(name.id);
  if (found == nullptr || found->subscription.state == Subscription::State::cancelled) {
    co_return reply_with_nothing(call);
  }
  Subscription subscription = found->subscription;
  const bool is_signed = !call.caller.access_key.empty();
  if (!is_signed && subscription.guards_unsubscribe) co_return fail(not_authorized(call));
  if (is_signed || !subscription.protocol.starts_with("http")) {
    CO_TRY(co_await sns.channels.remove_subscription(name.topic, name.id));
    co_return reply_with_nothing(call);
  }
  // Anybody who sees a message can ask for this: its endpoint is told, and can take it back.
  subscription.state = Subscription::State::cancelled;
  subscription.token = make_token(subscription);
  subscription.token_made = sns.clock.now();
  store::Batch batch;
  CO_TRY(send_token(sns, channel->topic, subscription, Asks::to_restore, batch));
  CO_TRY(co_await sns.channels.save(std::move(subscription), std::move(batch)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
