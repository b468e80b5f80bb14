#include "services/sns/operations/support.h"
#include "services/sns/subscription_attributes.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> set_subscription_attributes(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const FoundSubscription found, find_subscription(sns, call));
  Subscription subscription = found.subscriber->subscription;
  const std::string_view name = call.text("AttributeName");
  CO_TRY(set_subscription_attribute(found.channel->topic, subscription, name, call.text("AttributeValue"), false));
  if (name.starts_with("FilterPolicy")) CO_TRY(check_filter(subscription, false));
  CO_TRY(co_await sns.channels.save(std::move(subscription)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::sns
