#include "services/sns/fan_out.h"

#include "crypto/hash.h"
#include "lang/event_pattern/attributes.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/deliveries/queue_url.h"
#include "services/deliveries/retries.h"
#include "services/sns/notification.h"
#include "wire/arn.h"

namespace stepwell::sns {
namespace {

using deliveries::Delivery;
using deliveries::ServiceCall;

constexpr std::string_view sender = "sns.amazonaws.com";
constexpr std::string_view agent = "Amazon Simple Notification Service Agent";

class FanOut {
 public:
  FanOut(Sns& sns, const wire::Call& call, const Channel& channel, const Message& message, store::Batch& batch)
      : sns_(sns), call_(call), channel_(channel), message_(message), batch_(batch) {}

  Result<void> run() {
    for (const Subscriber& subscriber : channel_.subscribers) {
      if (!subscriber.subscription.is_confirmed() || !passes(subscriber)) continue;
      TRY_ASSIGN(auto delivery, delivery_to(subscriber));
      if (delivery) TRY(sns_.deliveries.add(std::move(*delivery), batch_));
    }
    return {};
  }

 private:
  bool passes(const Subscriber& subscriber) {
    if (!subscriber.filter) return true;
    return subscriber.filter->passes(subscriber.filter->is_on_body() ? body() : attributes());
  }
  const json::Value& body();
  const json::Value& attributes();

  std::string_view text_for(const Subscriber& subscriber) const {
    return message_.text_for(subscriber.subscription.protocol);
  }
  Result<const Notification*> notification_for(std::string_view protocol);
  Result<std::optional<Delivery>> delivery_to(const Subscriber& subscriber);
  Result<Delivery> to_queue(const Subscriber& subscriber);
  Result<Delivery> to_function(const Subscriber& subscriber);
  Result<Delivery> to_endpoint(const Subscriber& subscriber);
  Result<std::string> body_for(const Subscriber& subscriber);
  json::Value raw_attributes();
  void add_dead_letter(const Subscriber& subscriber, const std::string& body, Delivery& delivery) const;

  Sns& sns_;
  const wire::Call& call_;
  const Channel& channel_;
  const Message& message_;
  store::Batch& batch_;
  json::Arena arena_;
  std::optional<json::Value> body_, attributes_;  // for filters
  std::optional<json::Value> raw_attributes_;
  // By the text that they tell: most often there is one for all protocols.
  std::vector<std::pair<std::string_view, Notification>> notifications_;
};

const json::Value& FanOut::body() {
  if (!body_) {
    const auto read = json::parse(arena_, message_.text);
    body_ = read ? *read : json::Value();
  }
  return *body_;
}

const json::Value& FanOut::attributes() {
  if (!attributes_) {
    std::vector<event_pattern::Attribute> given;
    for (const MessageAttribute& attribute : message_.attributes) {
      given.push_back({.name = attribute.name, .type = attribute.type, .value = attribute.value});
    }
    attributes_ = event_pattern::event_of(arena_, given);
  }
  return *attributes_;
}

Result<const Notification*> FanOut::notification_for(std::string_view protocol) {
  const std::string_view text = message_.text_for(protocol);
  for (const auto& [told, notification] : notifications_) {
    if (told.data() == text.data()) return &notification;
  }
  const std::string_view set = value_of(channel_.topic.attributes, "SignatureVersion");
  const std::string_view version = set.empty() ? "1" : set;
  std::optional<Signature> signature;
  if (!channel_.topic.is_fifo()) {
    TRY_ASSIGN(signature, sns_.signer.sign(version, text_to_sign(message_, text), batch_));
  }
  notifications_.emplace_back(text, Notification(message_, text, signature, version, sns_.signer.own_url()));
  return &notifications_.back().second;
}

Result<std::optional<Delivery>> FanOut::delivery_to(const Subscriber& subscriber) {
  const std::string_view protocol = subscriber.subscription.protocol;
  if (protocol == "sqs") return to_queue(subscriber);
  if (protocol == "lambda") return to_function(subscriber);
  if (protocol.starts_with("http")) return to_endpoint(subscriber);
  return std::nullopt;
}

Result<std::string> FanOut::body_for(const Subscriber& subscriber) {
  const Subscription& subscription = subscriber.subscription;
  if (subscription.is_raw()) return std::string(text_for(subscriber));
  TRY_ASSIGN(const Notification* notification, notification_for(subscription.protocol));
  return notification->for_endpoint(subscription.arn());
}

json::Value FanOut::raw_attributes() {
  if (raw_attributes_) return *raw_attributes_;
  json::ObjectBuilder all(arena_);
  for (const MessageAttribute& attribute : message_.attributes) {
    all.add(attribute.name, json::ObjectBuilder(arena_)
                                .add("DataType", attribute.type)
                                .add(attribute.is_binary ? "BinaryValue" : "StringValue", attribute.value)
                                .build());
  }
  raw_attributes_ = all.build();
  return *raw_attributes_;
}

void FanOut::add_dead_letter(const Subscriber& subscriber, const std::string& body, Delivery& delivery) const {
  if (subscriber.dead_letter_queue.empty()) return;
  deliveries::DeadLetter letter{.queue_arn = subscriber.dead_letter_queue, .body = body};
  if (subscriber.subscription.is_raw()) {
    for (const MessageAttribute& attribute : message_.attributes) {
      letter.attributes.push_back({.name = std::string(attribute.name),
                                   .value = std::string(attribute.value),
                                   .type = std::string(attribute.type)});
    }
  }
  if (letter.queue_arn.ends_with(".fifo")) {
    letter.group_id = message_.group;
    letter.deduplication_id = deduplication_id(message_);
  }
  delivery.dead_letter = std::move(letter);
}

Result<Delivery> FanOut::to_queue(const Subscriber& subscriber) {
  const Subscription& subscription = subscriber.subscription;
  const auto queue = wire::Arn::parse(subscription.endpoint);
  TRY_ASSIGN(const std::string body, body_for(subscriber));
  json::ObjectBuilder input(arena_);
  input.add("QueueUrl", deliveries::queue_url(*queue)).add("MessageBody", body);
  if (subscription.is_raw() && !message_.attributes.empty()) input.add("MessageAttributes", raw_attributes());
  if (subscription.endpoint.ends_with(".fifo")) {
    input.add("MessageGroupId", message_.group).add("MessageDeduplicationId", deduplication_id(message_));
  }
  if (!call_.caller.trace_header.empty()) {
    const json::Value header =
        json::ObjectBuilder(arena_).add("DataType", "String").add("StringValue", call_.caller.trace_header).build();
    input.add("MessageSystemAttributes", json::ObjectBuilder(arena_).add("AWSTraceHeader", header).build());
  }
  Delivery delivery{.what = ServiceCall{.service = "sqs",
                                        .operation = "SendMessage",
                                        .input = input.build(),
                                        .account = std::string(queue->account),
                                        .region = std::string(queue->region)},
                    .sender = std::string(sender),
                    .source_arn = subscription.topic,
                    .target = subscription.endpoint,
                    .retries = deliveries::managed_endpoint_retries()};
  add_dead_letter(subscriber, body, delivery);
  return delivery;
}

Result<Delivery> FanOut::to_function(const Subscriber& subscriber) {
  const Subscription& subscription = subscriber.subscription;
  const auto function = wire::Arn::parse(subscription.endpoint);
  TRY_ASSIGN(const Notification* notification, notification_for(subscription.protocol));
  const json::Value input =
      json::ObjectBuilder(arena_).add("FunctionName", subscription.endpoint).add("InvocationType", "Event").build();
  Delivery delivery{.what = ServiceCall{.service = "lambda",
                                        .operation = "Invoke",
                                        .input = input,
                                        .payload = notification->for_function(subscription.arn()),
                                        .account = std::string(function->account),
                                        .region = std::string(function->region)},
                    .sender = std::string(sender),
                    .source_arn = subscription.topic,
                    .target = subscription.endpoint,
                    .retries = deliveries::managed_endpoint_retries()};
  if (!subscriber.dead_letter_queue.empty()) {
    add_dead_letter(subscriber, notification->for_endpoint(subscription.arn()), delivery);
  }
  return delivery;
}

Result<Delivery> FanOut::to_endpoint(const Subscriber& subscriber) {
  const Subscription& subscription = subscriber.subscription;
  TRY_ASSIGN(std::string body, body_for(subscriber));
  std::vector<std::pair<std::string, std::string>> headers = {{"x-amz-sns-message-type", "Notification"},
                                                              {"x-amz-sns-message-id", message_.id},
                                                              {"x-amz-sns-topic-arn", message_.topic},
                                                              {"x-amz-sns-subscription-arn", subscription.arn()}};
  if (subscription.is_raw()) headers.emplace_back("x-amz-sns-rawdelivery", "true");
  Delivery delivery = to_http(subscriber, std::move(body), std::move(headers));
  add_dead_letter(subscriber, std::get<deliveries::HttpRequest>(delivery.what).body, delivery);
  return delivery;
}

}  // namespace

Result<void> fan_out(Sns& sns, const wire::Call& call, const Channel& channel, const Message& message,
                     store::Batch& batch) {
  return FanOut(sns, call, channel, message, batch).run();
}

std::string deduplication_id(const Message& message) {
  if (!message.deduplication_id.empty()) return std::string(message.deduplication_id);
  return crypto::to_hex(crypto::digest(crypto::Digest::sha256, message.text));
}

Delivery to_http(const Subscriber& subscriber, std::string body,
                 std::vector<std::pair<std::string, std::string>> headers) {
  headers.emplace_back("Content-Type", subscriber.http.content_type);
  headers.emplace_back("User-Agent", agent);
  return {.what =
              deliveries::HttpRequest{
                  .url = subscriber.subscription.endpoint, .headers = std::move(headers), .body = std::move(body)},
          .sender = std::string(sender),
          .source_arn = subscriber.subscription.topic,
          .target = subscriber.subscription.endpoint,
          .retries = subscriber.http.retries()};
}

}  // namespace stepwell::sns
