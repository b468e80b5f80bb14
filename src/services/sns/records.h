#pragma once
// Topics and subscriptions as the store keeps them (store/tables.def). A subscription's ARN is its topic's, a colon and
// an id. Attributes are those that were set, as they were set.

#include "base/time.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::sns {

using AttributeMap = std::map<std::string, std::string, std::less<>>;

// "" where it was not set.
std::string_view value_of(const AttributeMap& attributes, std::string_view name);

struct Tag {
  std::string key, value;
  bool operator==(const Tag&) const = default;
};

struct Topic {
  std::string arn;  // arn:aws:sns:<region>:<account>:<name>
  AttributeMap attributes;
  std::vector<Tag> tags;
  std::uint64_t deleted_subscriptions = 0;

  bool is_fifo() const { return value_of(attributes, "FifoTopic") == "true"; }
};

struct Subscription {
  enum class State : std::uint8_t {
    pending,  // its endpoint has to confirm it
    confirmed,
    cancelled,  // its endpoint can restore it
  };

  std::string topic;  // ARN
  std::string id;
  std::string protocol;
  std::string endpoint;
  std::string owner;      // account
  std::string principal;  // ARN of who has subscribed
  State state = State::pending;
  bool was_authenticated = false;   // who confirmed it was
  bool guards_unsubscribe = false;  // AuthenticateOnUnsubscribe
  std::string token;                // that confirms or restores it; empty: none
  Timestamp token_made{};
  AttributeMap attributes;

  std::string arn() const { return topic + ":" + id; }
  bool is_confirmed() const { return state == State::confirmed; }
  bool is_raw() const { return value_of(attributes, "RawMessageDelivery") == "true"; }
};

std::string topic_key(std::string_view arn);
std::string encode(const Topic& topic);
std::optional<Topic> decode_topic(std::string_view key, std::string_view value);

std::string subscription_key(std::string_view topic, std::string_view id);
std::string encode(const Subscription& subscription);
std::optional<Subscription> decode_subscription(std::string_view key, std::string_view value);

// What a FIFO topic has taken lately: the answer that a message with the same id gets again.
struct Taken {
  std::string message_id;
  std::string sequence;
  Timestamp until{};
};
std::string taken_key(std::string_view topic, std::string_view scope, std::string_view deduplication_id);
std::string encode(const Taken& taken);
std::optional<Taken> decode_taken(std::string_view value);

}  // namespace stepwell::sns
