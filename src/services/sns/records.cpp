#include "services/sns/records.h"

#include "store/codec.h"
#include "store/times.h"

namespace stepwell::sns {
namespace {

using store::get_time;
using store::millis;
using store::ValueReader;
using store::ValueWriter;

constexpr std::uint8_t version = 1;

void put(ValueWriter& out, const AttributeMap& attributes) {
  out.varint(attributes.size());
  for (const auto& [name, value] : attributes) out.text(name).text(value);
}
AttributeMap get_attributes(ValueReader& in) {
  AttributeMap attributes;
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    std::string name(in.text());
    attributes.emplace(std::move(name), in.text());
  }
  return attributes;
}

}  // namespace

std::string_view value_of(const AttributeMap& attributes, std::string_view name) {
  const auto found = attributes.find(name);
  return found == attributes.end() ? std::string_view{} : found->second;
}

std::string topic_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }

std::string encode(const Topic& topic) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).varint(topic.deleted_subscriptions);
  put(out, topic.attributes);
  out.varint(topic.tags.size());
  for (const Tag& tag : topic.tags) out.text(tag.key).text(tag.value);
  return value;
}

std::optional<Topic> decode_topic(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Topic topic;
  topic.arn = place.text();
  topic.deleted_subscriptions = in.varint();
  topic.attributes = get_attributes(in);
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    Tag& tag = topic.tags.emplace_back();
    tag.key = in.text();
    tag.value = in.text();
  }
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(topic)) : std::nullopt;
}

std::string subscription_key(std::string_view topic, std::string_view id) {
  return store::KeyWriter().text(topic).text(id).take();
}

std::string encode(const Subscription& subscription) {
  std::string value;
  ValueWriter out(value);
  out.u8(version).text(subscription.protocol).text(subscription.endpoint).text(subscription.owner);
  out.text(subscription.principal).u8(std::to_underlying(subscription.state));
  out.u8(subscription.was_authenticated ? 1 : 0).u8(subscription.guards_unsubscribe ? 1 : 0);
  out.text(subscription.token).signed_varint(millis(subscription.token_made));
  put(out, subscription.attributes);
  return value;
}

std::optional<Subscription> decode_subscription(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Subscription subscription;
  subscription.topic = place.text();
  subscription.id = place.text();
  subscription.protocol = in.text();
  subscription.endpoint = in.text();
  subscription.owner = in.text();
  subscription.principal = in.text();
  const std::uint8_t state = in.u8();
  if (state > std::to_underlying(Subscription::State::cancelled)) return std::nullopt;
  subscription.state = static_cast<Subscription::State>(state);
  subscription.was_authenticated = in.u8() != 0;
  subscription.guards_unsubscribe = in.u8() != 0;
  subscription.token = in.text();
  subscription.token_made = get_time(in);
  subscription.attributes = get_attributes(in);
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(subscription)) : std::nullopt;
}

std::string taken_key(std::string_view topic, std::string_view scope, std::string_view deduplication_id) {
  return store::KeyWriter().text(topic).text(scope).text(deduplication_id).take();
}

std::string encode(const Taken& taken) {
  std::string value;
  ValueWriter(value).u8(version).text(taken.message_id).text(taken.sequence).signed_varint(millis(taken.until));
  return value;
}

std::optional<Taken> decode_taken(std::string_view value) {
  ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Taken taken;
  taken.message_id = in.text();
  taken.sequence = in.text();
  taken.until = get_time(in);
  return in.ok() && in.at_end() ? std::optional(std::move(taken)) : std::nullopt;
}

}  // namespace stepwell::sns
