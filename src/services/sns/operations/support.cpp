#include "services/sns/operations/support.h"

#include "crypto/hash.h"
#include "wire/arn.h"

#include <algorithm>

namespace stepwell::sns {
namespace {

constexpr std::size_t least_parts = 6;  // of an ARN

std::size_t parts_of(std::string_view arn) { return static_cast<std::size_t>(std::ranges::count(arn, ':')) + 1; }

Error not_authorized(const wire::Call& call, std::string_view arn) {
  const wire::Principal* principal = call.caller.principal.get();
  return errors::make(
      "AuthorizationErrorException",
      fmt::format("User: {} is not authorized to perform: SNS:{} on resource: {}",
                  principal == nullptr ? fmt::format("arn:aws:iam::{}:root", call.caller.account) : principal->arn,
                  call.operation->name, arn));
}

}  // namespace

Result<ChannelPtr> find_channel(Sns& sns, const wire::Call& call, std::string_view parameter, std::string_view arn) {
  if (const std::size_t parts = parts_of(arn); parts < least_parts) {
    return fail(errors::too_few_parts(parameter, parts));
  }
  const auto parsed = wire::Arn::parse(arn);
  const bool is_here = parsed && parsed->service == "sns" && parsed->region == call.caller.region;
  if (!is_here || parsed->resource.contains(':')) return fail(errors::invalid_parameter(parameter));
  TRY_ASSIGN(auto channel, sns.channels.find(std::string(arn)));
  // Others are not told which topics an account has.
  if (channel == nullptr && parsed->account != call.caller.account) return fail(not_authorized(call, arn));
  if (channel == nullptr) return fail(errors::topic_not_found());
  return channel;
}

Result<ChannelPtr> find_resource(Sns& sns, const wire::Call& call) {
  auto channel = find_channel(sns, call, "ResourceArn", call.text("ResourceArn"));
  if (!channel && channel.error().code == "NotFoundException") return fail(errors::resource_not_found());
  return channel;
}

Result<SubscriptionName> read_subscription_arn(const wire::Call& call) {
  const std::string_view arn = call.text("SubscriptionArn");
  const std::size_t parts = parts_of(arn);
  if (parts < least_parts) return fail(errors::too_few_parts("SubscriptionArn", parts));
  if (parts != least_parts + 1) return fail(errors::invalid_parameter("SubscriptionId"));
  const std::size_t colon = arn.rfind(':');
  return SubscriptionName{.topic = std::string(arn.substr(0, colon)), .id = std::string(arn.substr(colon + 1))};
}

Result<FoundSubscription> find_subscription(Sns& sns, const wire::Call& call) {
  TRY_ASSIGN(const SubscriptionName name, read_subscription_arn(call));
  auto channel = find_channel(sns, call, "SubscriptionArn", name.topic);
  if (!channel && channel.error().code == "NotFoundException") return fail(errors::subscription_not_found());
  if (!channel) return fail(channel.error());
  const Subscriber* subscriber = (*channel)->find(name.id);
  if (subscriber == nullptr || subscriber->subscription.state == Subscription::State::cancelled) {
    return fail(errors::subscription_not_found());
  }
  return FoundSubscription{.channel = std::move(*channel), .subscriber = subscriber};
}

json::Value show(json::Arena& arena, const Subscription& subscription) {
  return json::ObjectBuilder(arena)
      .add("SubscriptionArn", subscription.is_confirmed() ? subscription.arn() : "PendingConfirmation")
      .add("Owner", subscription.owner)
      .add("Protocol", subscription.protocol)
      .add("Endpoint", subscription.endpoint)
      .add("TopicArn", subscription.topic)
      .build();
}

Result<std::vector<Tag>> read_tags(const wire::Call& call) {
  std::vector<Tag> tags;
  const json::Value* given = call.member("Tags");
  if (given == nullptr) return tags;
  for (const json::Value& tag : given->elements()) {
    const std::string_view key = tag.find("Key")->as_string();
    if (std::ranges::find(tags, key, &Tag::key) != tags.end()) {
      return fail(errors::invalid_parameter("Duplicated keys are not allowed."));
    }
    tags.push_back({std::string(key), std::string(tag.find("Value")->as_string())});
  }
  return tags;
}

Result<std::string> read_next_token(const wire::Call& call) {
  const std::string_view token = call.text("NextToken");
  if (token.empty()) return std::string();
  const auto key = crypto::base64url_decode(token);
  if (!key) return fail(errors::invalid_parameter("NextToken"));
  return *key;
}

std::string next_token(std::string_view key) { return crypto::base64url_encode(key); }

Result<wire::Reply> list(Sns& sns, wire::Call& call, const std::string& key_prefix) {
  TRY_ASSIGN(const std::string after, read_next_token(call));
  TRY_ASSIGN(const auto found, sns.channels.list_subscriptions(key_prefix, after, page_size + 1));
  const std::size_t shown_count = std::min(found.size(), page_size);
  std::vector<json::Value> shown;
  for (const Subscription& subscription : std::span(found).first(shown_count)) {
    shown.push_back(show(call.arena, subscription));
  }
  json::ObjectBuilder output(call.arena);
  output.add("Subscriptions", json::make_array(call.arena, shown));
  if (found.size() > page_size) {
    const Subscription& last = found[page_size - 1];
    output.add("NextToken", next_token(subscription_key(last.topic, last.id)));
  }
  return reply_with(output.build());
}

}  // namespace stepwell::sns
