#include "services/sns/subscription_attributes.h"

#include "lang/asl/validation/jackson.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/sns/errors.h"
#include "wire/arn.h"

#include <algorithm>
#include <array>

namespace stepwell::sns {
namespace {

// The reason why a value is refused; empty: it is not.
using Check = std::string (*)(const Topic& topic, const Subscription& subscription, std::string_view value);

bool is_http(const Subscription& subscription) { return subscription.protocol.starts_with("http"); }

std::string delivery_policy(const Topic&, const Subscription& subscription, std::string_view value) {
  if (!is_http(subscription)) {
    return fmt::format("DeliveryPolicy: Delivery policy is not supported for protocol: {}", subscription.protocol);
  }
  return fault_of_subscription_policy(value).value_or("");
}

// With the scope that it goes with: check_filter.
std::string filter_policy(const Topic&, const Subscription&, std::string_view) { return {}; }

std::string filter_scope(const Topic&, const Subscription&, std::string_view value) {
  if (value == "MessageBody" || value == "MessageAttributes") return {};
  return fmt::format("FilterPolicyScope: Invalid value [{}]. Please use either MessageBody or MessageAttributes",
                     value);
}

std::string raw_delivery(const Topic&, const Subscription& subscription, std::string_view value) {
  const bool takes_raw = subscription.protocol == "sqs" || subscription.protocol == "firehose" || is_http(subscription);
  if (value != "true" && value != "false") {
    return fmt::format("RawMessageDelivery: Invalid value [{}]. Must be true or false.", value);
  }
  if (value == "false" || takes_raw) return {};
  return fmt::format("RawMessageDelivery: Delivery protocol [{}] does not support raw message delivery.",
                     subscription.protocol);
}

std::string redrive_policy(const Topic& topic, const Subscription& subscription, std::string_view value) {
  if (value.empty()) return {};
  json::Arena arena;
  if (!json::parse(arena, value)) {
    const auto fault = asl::jackson_error(value);
    return fmt::format("RedrivePolicy: failed to parse JSON. {}",
                       fault ? fault->message + "\n at " + fault->location : "");
  }
  const std::string queue = dead_letter_queue(value);
  const auto arn = wire::Arn::parse(queue);
  if (!arn || arn->service != "sqs") return "RedrivePolicy: deadLetterTargetArn is an invalid arn";
  if (topic.is_fifo() && subscription.endpoint.ends_with(".fifo") && !queue.ends_with(".fifo")) {
    return "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.";
  }
  return {};
}

std::string role(const Topic&, const Subscription&, std::string_view) { return {}; }

struct Attribute {
  std::string_view name;
  Check check;
  bool empty_is_none;  // an empty value takes it away
};
constexpr auto attributes = std::to_array<Attribute>({{"DeliveryPolicy", delivery_policy, true},
                                                      {"FilterPolicy", filter_policy, true},
                                                      {"FilterPolicyScope", filter_scope, false},
                                                      {"RawMessageDelivery", raw_delivery, false},
                                                      {"RedrivePolicy", redrive_policy, true},
                                                      {"SubscriptionRoleArn", role, true}});

Error refused(std::string_view reason, bool made) {
  return made ? errors::invalid_parameter("Attributes", reason) : errors::invalid_parameter(reason);
}

}  // namespace

std::string dead_letter_queue(std::string_view redrive_policy) {
  json::Arena arena;
  const auto policy = json::parse(arena, redrive_policy);
  const json::Value* target = policy ? policy->find("deadLetterTargetArn") : nullptr;
  return target != nullptr && target->is_string() ? std::string(target->as_string()) : std::string();
}

Result<void> set_subscription_attribute(const Topic& topic, Subscription& subscription, std::string_view name,
                                        std::string_view value, bool made) {
  const auto known = std::ranges::find(attributes, name, &Attribute::name);
  if (known == attributes.end())
    return fail(refused(made ? fmt::format("Unknown attribute: {}", name) : "AttributeName", made));
  if (const std::string reason = known->check(topic, subscription, value); !reason.empty()) {
    return fail(refused(reason, made));
  }
  const bool is_none = known->empty_is_none && (value.empty() || (name == "FilterPolicy" && value == "{}"));
  if (is_none) {
    subscription.attributes.erase(std::string(name));
  } else {
    subscription.attributes.insert_or_assign(std::string(name), value);
  }
  return {};
}

Result<void> check_filter(const Subscription& subscription, bool made) {
  const std::string_view policy = value_of(subscription.attributes, "FilterPolicy");
  if (policy.empty()) return {};
  const auto filter = Filter::compile(policy, value_of(subscription.attributes, "FilterPolicyScope"));
  if (filter) return {};
  // The one reason that is no matter of the attribute alone.
  const bool is_of_scope = filter.error().message.starts_with("Filter policy scope");
  return fail(refused(filter.error().message, made && !is_of_scope));
}

json::Value show_subscription_attributes(json::Arena& arena, const Subscriber& subscriber) {
  const Subscription& subscription = subscriber.subscription;
  const auto flag = [](bool value) { return value ? "true" : "false"; };
  json::ObjectBuilder shown(arena);
  shown.add("SubscriptionArn", subscription.arn()).add("TopicArn", subscription.topic);
  shown.add("Owner", subscription.owner).add("Protocol", subscription.protocol).add("Endpoint", subscription.endpoint);
  shown.add("SubscriptionPrincipal", subscription.principal).add("RawMessageDelivery", "false");
  shown.add("PendingConfirmation", flag(!subscription.is_confirmed()));
  shown.add("ConfirmationWasAuthenticated", flag(subscription.was_authenticated));
  if (is_http(subscription)) shown.add("EffectiveDeliveryPolicy", show_subscription_policy(subscriber.http));
  const bool has_filter = subscriber.filter.has_value();
  if (has_filter) shown.add("FilterPolicyScope", "MessageAttributes");
  for (const auto& [name, value] : subscription.attributes) {
    if (name == "FilterPolicyScope" && !has_filter) continue;
    shown.add(arena.copy(name), name == "DeliveryPolicy" ? show_own_policy(value) : value);
  }
  return shown.build();
}

}  // namespace stepwell::sns
