#pragma once
// The attributes of subscriptions: which there are, what they may be, and how they are shown.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/sns/channels.h"

#include <string>
#include <string_view>

namespace stepwell::sns {

// Sets an attribute of a subscription of the topic; an empty value takes it away. `made` is a subscription that is
// being made, whose errors AWS words otherwise. Error InvalidParameterException.
Result<void> set_subscription_attribute(const Topic& topic, Subscription& subscription, std::string_view name,
                                        std::string_view value, bool made);
// Whether those that go together do. Error InvalidParameterException.
Result<void> check_filter(const Subscription& subscription, bool made);

// What GetSubscriptionAttributes shows.
json::Value show_subscription_attributes(json::Arena& arena, const Subscriber& subscriber);

// The ARN that a RedrivePolicy names; empty: none.
std::string dead_letter_queue(std::string_view redrive_policy);

}  // namespace stepwell::sns
