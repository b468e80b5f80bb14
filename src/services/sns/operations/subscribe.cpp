#include "services/sns/confirmations.h"
#include "services/sns/operations/support.h"
#include "services/sns/subscription_attributes.h"
#include "wire/arn.h"
#include "wire/principal.h"

#include <algorithm>
#include <array>

namespace stepwell::sns {
namespace {

struct Protocol {
  std::string_view name;
  bool confirms;  // the endpoint has to confirm
};
constexpr auto protocols = std::to_array<Protocol>(
    {{"email", true}, {"email-json", true}, {"http", true}, {"https", true}, {"lambda", false}, {"sqs", false}});
constexpr auto elsewhere = std::to_array<std::string_view>({"application", "firehose", "sms"});

bool is_arn_of(std::string_view endpoint, std::string_view service) {
  const auto arn = wire::Arn::parse(endpoint);
  return arn && arn->service == service && !arn->resource.empty();
}

Result<void> check_endpoint(const Topic& topic, std::string_view protocol, std::string_view endpoint) {
  const auto wrong = [](std::string_view what) { return fail(errors::invalid_parameter(what)); };
  if (protocol == "sqs" && !is_arn_of(endpoint, "sqs")) return wrong("SQS endpoint ARN");
  if (protocol == "lambda" && !is_arn_of(endpoint, "lambda")) return wrong("Lambda endpoint ARN");
  if (protocol.starts_with("http") && !endpoint.starts_with(fmt::format("{}://", protocol))) {
    return wrong("Endpoint must match the specified protocol");
  }
  if (protocol.starts_with("email") && !endpoint.contains('@')) return wrong("Email address");
  const bool is_fifo_queue = protocol == "sqs" && endpoint.ends_with(".fifo");
  if (!topic.is_fifo() && is_fifo_queue) {
    return wrong("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
  }
  if (topic.is_fifo() && protocol != "sqs") {
    return wrong("Invalid parameter: Endpoint Reason: Please use FIFO SQS queue");
  }
  return {};
}

Result<Subscription> read_subscription(const wire::Call& call, const Topic& topic) {
  const std::string_view protocol = call.text("Protocol");
  const std::string_view endpoint = call.text("Endpoint");
  if (std::ranges::find(elsewhere, protocol) != elsewhere.end()) {
    return fail(errors::not_implemented(fmt::format("Subscribing by the protocol {}", protocol)));
  }
  const auto known = std::ranges::find(protocols, protocol, &Protocol::name);
  if (known == protocols.end()) {
    return fail(
        errors::invalid_parameter(fmt::format("Amazon SNS does not support this protocol string: {}", protocol)));
  }
  if (endpoint.empty()) return fail(errors::invalid_parameter("Endpoint"));
  TRY(check_endpoint(topic, protocol, endpoint));
  const wire::Principal* principal = call.caller.principal.get();
  Subscription subscription{
      .topic = topic.arn,
      .protocol = std::string(protocol),
      .endpoint = std::string(endpoint),
      .owner = call.caller.account,
      .principal = principal == nullptr ? fmt::format("arn:aws:iam::{}:root", call.caller.account) : principal->arn,
      .state = known->confirms ? Subscription::State::pending : Subscription::State::confirmed,
      .was_authenticated = !known->confirms};
  const json::Value* given = call.member("Attributes");
  const auto attributes = given == nullptr ? std::span<const json::Member>() : given->members();
  for (const json::Member& attribute : attributes) {
    const std::string_view value = attribute.value.is_string() ? attribute.value.as_string() : std::string_view();
    TRY(set_subscription_attribute(topic, subscription, attribute.key, value, true));
  }
  TRY(check_filter(subscription, true));
  return subscription;
}

const Subscription* find_same(const Channel& channel, const Subscription& asked) {
  const auto found = std::ranges::find_if(channel.subscribers, [&asked](const Subscriber& subscriber) {
    const Subscription& known = subscriber.subscription;
    return known.protocol == asked.protocol && known.endpoint == asked.endpoint &&
           known.state != Subscription::State::cancelled;
  });
  return found == channel.subscribers.end() ? nullptr : &found->subscription;
}

Result<void> check_same(const Subscription& known, const Subscription& asked) {
  for (const auto& [name, value] : asked.attributes) {
    if (value_of(known.attributes, name) != value) {
      return fail(errors::invalid_parameter("Attributes", "Subscription already exists with different attributes"));
    }
  }
  return {};
}

wire::Reply reply_of(wire::Call& call, const Subscription& subscription) {
  const bool is_told = subscription.is_confirmed() || call.flag("ReturnSubscriptionArn");
  return reply_with_text(call, "SubscriptionArn", is_told ? subscription.arn() : "pending confirmation");
}

}  // namespace

Task<Result<wire::Reply>> subscribe(Sns& sns, wire::Call& call) {
  const auto lock = co_await sns.channels.changes().lock();
  CO_TRY_ASSIGN(const ChannelPtr channel, find_channel(sns, call, "TopicArn", call.text("TopicArn")));
  CO_TRY_ASSIGN(Subscription asked, read_subscription(call, channel->topic));
  const Subscription* known = find_same(*channel, asked);
  if (known != nullptr) {
    CO_TRY(check_same(*known, asked));
    if (known->state == Subscription::State::confirmed) co_return reply_of(call, *known);
    asked.id = known->id;
  } else {
    if (channel->subscribers.size() >= max_subscriptions) co_return fail(errors::too_many_subscriptions());
    asked.id = make_uuid(sns.random);
  }
  store::Batch batch;
  if (asked.state == Subscription::State::pending) {
    asked.token = make_token(asked);
    asked.token_made = sns.clock.now();
    const bool is_http = asked.protocol.starts_with("http");
    if (is_http) CO_TRY(send_token(sns, channel->topic, asked, Asks::to_confirm, batch));
  }
  CO_TRY(co_await sns.channels.save(asked, std::move(batch)));
  co_return reply_of(call, asked);
}

}  // namespace stepwell::sns
