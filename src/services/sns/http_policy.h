#pragma once
// DeliveryPolicy of topics and subscriptions: how often and when a message is sent again to an HTTP endpoint, and what
// its type is called. A subscription's own policy goes before its topic's, unless that says otherwise.
//
//   of a topic         {"http": {"defaultHealthyRetryPolicy": {…}, "disableSubscriptionOverrides": false,
//                                "defaultThrottlePolicy": {…}, "defaultRequestPolicy": {"headerContentType": …}}}
//   of a subscription  {"healthyRetryPolicy": {…}, "throttlePolicy": {…}, "requestPolicy": {…}}

#include "lang/json/value.h"
#include "services/deliveries/delivery.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sns {

struct RetryPolicy {
  std::int64_t min_delay = 20, max_delay = 20;  // seconds
  std::int64_t retries = 3;
  std::int64_t at_max = 0, at_once = 0, at_min = 0;
  std::string backoff = "linear";
};

struct HttpPolicy {
  RetryPolicy retry;
  std::string content_type = "text/plain; charset=UTF-8";

  deliveries::Retries retries() const;
};

// What the two documents, which have been checked or are empty, mean together.
HttpPolicy http_policy(std::string_view of_topic, std::string_view of_subscription);

// Why the document is refused, in AWS's words without "Invalid parameter: "; nullopt: it is not.
std::optional<std::string> fault_of_topic_policy(std::string_view text);
std::optional<std::string> fault_of_subscription_policy(std::string_view text);

// EffectiveDeliveryPolicy.
std::string show_topic_policy(std::string_view of_topic);
std::string show_subscription_policy(const HttpPolicy& policy);
// DeliveryPolicy of a subscription as it is shown: with what it leaves out.
std::string show_own_policy(std::string_view of_subscription);

}  // namespace stepwell::sns
