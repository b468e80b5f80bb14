#include "services/sns/topic_attributes.h"

#include "lang/json/build.h"
#include "services/sns/errors.h"
#include "services/sns/policy_document.h"
#include "wire/arn.h"

#include <array>
#include <charconv>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_display_name = 100;

// The reason why a value is refused; empty: it is not.
using Check = std::string (*)(const Topic& topic, std::string_view name, std::string_view value);

std::string anything(const Topic&, std::string_view, std::string_view) { return {}; }

std::string boolean(const Topic&, std::string_view name, std::string_view value) {
  const bool is_one = value == "true" || value == "false";
  return is_one ? std::string() : fmt::format("{}: Invalid value [{}]. Must be true or false.", name, value);
}

std::string of_fifo(const Topic& topic, std::string_view name, std::string_view value) {
  if (!topic.is_fifo()) return fmt::format("{} can only be set for FIFO topics", name);
  return boolean(topic, name, value);
}

std::string throughput_scope(const Topic& topic, std::string_view name, std::string_view value) {
  if (!topic.is_fifo()) return fmt::format("{} can only be set for FIFO topics", name);
  return value == "Topic" || value == "MessageGroup" ? std::string() : std::string(name);
}

std::string delivery_policy(const Topic&, std::string_view, std::string_view value) {
  return fault_of_topic_policy(value).value_or("");
}

std::string display_name(const Topic&, std::string_view name, std::string_view value) {
  return value.size() <= max_display_name ? std::string() : std::string(name);
}

std::string sample_rate(const Topic&, std::string_view name, std::string_view value) {
  int rate = -1;
  const auto read = std::from_chars(value.data(), value.data() + value.size(), rate);
  const bool is_rate = read.ec == std::errc() && read.ptr == value.data() + value.size() && rate >= 0 && rate <= 100;
  return is_rate ? std::string() : std::string(name);
}

std::string policy(const Topic&, std::string_view, std::string_view value) {
  return value.empty() || check_policy(value) ? std::string() : "Policy Error: null";
}

std::string signature_version(const Topic&, std::string_view name, std::string_view value) {
  return value == "1" || value == "2" ? std::string() : std::string(name);
}

std::string tracing(const Topic&, std::string_view name, std::string_view value) {
  return value == "PassThrough" || value == "Active" ? std::string() : std::string(name);
}

struct Attribute {
  std::string_view name;
  Check check;
};
constexpr auto attributes = std::to_array<Attribute>({
#define ATTRIBUTE(name, check) {name, check},
#include "services/sns/topic_attributes.def"
#undef ATTRIBUTE
});

std::int64_t count(const Channel& channel, Subscription::State state) {
  return std::ranges::count_if(
      channel.subscribers, [state](const Subscriber& subscriber) { return subscriber.subscription.state == state; });
}

}  // namespace

Result<void> check_topic_attribute(const Topic& topic, std::string_view name, std::string_view value, bool made) {
  const auto known = std::ranges::lower_bound(attributes, name, {}, &Attribute::name);
  if (known == attributes.end() || known->name != name || (!made && name == "FifoTopic")) {
    return fail(errors::invalid_parameter(made ? "Attributes Reason: Unknown attribute " + std::string(name)
                                               : "AttributeName"));
  }
  const std::string reason = known->check(topic, name, value);
  if (reason.empty()) return {};
  return fail(made ? errors::invalid_parameter("Attributes", reason) : errors::invalid_parameter(reason));
}

json::Value show_topic_attributes(json::Arena& arena, const Channel& channel) {
  const Topic& topic = channel.topic;
  const std::string_view account = wire::Arn::parse(topic.arn)->account;
  const auto shown_count = [](std::int64_t count) { return fmt::to_string(count); };
  json::ObjectBuilder shown(arena);
  shown.add("TopicArn", topic.arn).add("Owner", account).add("DisplayName", "");
  shown.add("Policy", policy_of(topic));
  shown.add("SubscriptionsConfirmed", shown_count(count(channel, Subscription::State::confirmed)));
  shown.add("SubscriptionsPending", shown_count(count(channel, Subscription::State::pending)));
  shown.add("SubscriptionsDeleted", fmt::to_string(topic.deleted_subscriptions));
  shown.add("EffectiveDeliveryPolicy", show_topic_policy(value_of(topic.attributes, "DeliveryPolicy")));
  if (topic.is_fifo()) shown.add("ContentBasedDeduplication", "false");
  for (const auto& [name, value] : topic.attributes) {
    if (!value.empty()) shown.add(arena.copy(name), value);
  }
  return shown.build();
}

}  // namespace stepwell::sns
