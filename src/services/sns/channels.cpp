#include "services/sns/channels.h"

#include "services/sns/subscription_attributes.h"
#include "store/codec.h"
#include "store/commit.h"

#include <algorithm>

#include <fmt/format.h>

namespace stepwell::sns {
namespace {

using store::Table;

// Beyond, all are forgotten and those that are used are read again.
constexpr std::size_t max_known = 10'000;
constexpr std::size_t max_known_subscribers = 200'000;
// How long a subscription waits for its endpoint, and how long a cancelled one can be restored.
constexpr std::chrono::hours token_life{48};

Error unreadable(std::string_view what) {
  return internal_error(fmt::format("The record of {} cannot be read.", what));
}

bool is_forgotten(const Subscription& subscription, Timestamp now) {
  return !subscription.is_confirmed() && now - subscription.token_made > token_life;
}

// Keys are ended texts: without the two bytes of its end, a key is a prefix of the longer ones.
std::string open_ended(std::string key) {
  key.resize(key.size() - 2);
  return key;
}

Result<Subscriber> ready(Subscription subscription, const Topic& topic) {
  Subscriber subscriber{.subscription = std::move(subscription)};
  const AttributeMap& attributes = subscriber.subscription.attributes;
  if (const std::string_view policy = value_of(attributes, "FilterPolicy"); !policy.empty()) {
    TRY_ASSIGN(subscriber.filter, Filter::compile(policy, value_of(attributes, "FilterPolicyScope")));
  }
  subscriber.http = http_policy(value_of(topic.attributes, "DeliveryPolicy"), value_of(attributes, "DeliveryPolicy"));
  subscriber.dead_letter_queue = dead_letter_queue(value_of(attributes, "RedrivePolicy"));
  return subscriber;
}

}  // namespace

const Subscriber* Channel::find(std::string_view id) const {
  const auto found = std::ranges::lower_bound(
      subscribers, id, {}, [](const Subscriber& subscriber) -> std::string_view { return subscriber.subscription.id; });
  return found != subscribers.end() && found->subscription.id == id ? &*found : nullptr;
}

Result<ChannelPtr> Channels::find(const std::string& topic_arn) {
  if (const auto found = known_.find(topic_arn); found != known_.end()) return found->second;
  TRY_ASSIGN(auto channel, read(topic_arn));
  if (channel == nullptr) return nullptr;
  if (known_.size() >= max_known || known_subscribers_ > max_known_subscribers) {
    known_.clear();
    known_subscribers_ = 0;
  }
  known_subscribers_ += channel->subscribers.size();
  known_.emplace(topic_arn, channel);
  return channel;
}

Result<ChannelPtr> Channels::read(const std::string& topic_arn) const {
  const std::string key = topic_key(topic_arn);
  TRY_ASSIGN(const auto value, store_->get(Table::sns_topic, key));
  if (!value) return nullptr;
  auto topic = decode_topic(key, *value);
  if (!topic) return fail(unreadable(topic_arn));
  auto channel = std::make_shared<Channel>();
  channel->topic = std::move(*topic);
  const auto cursor = store_->scan(Table::sns_subscription, key, store::prefix_end(key), store::Direction::forward);
  for (; cursor->valid(); cursor->next()) {
    auto subscription = decode_subscription(cursor->key(), cursor->value());
    if (!subscription) return fail(unreadable(topic_arn));
    if (is_forgotten(*subscription, clock_->now())) {
      channel->forgotten.push_back(std::move(subscription->id));
      continue;
    }
    TRY_ASSIGN(Subscriber subscriber, ready(std::move(*subscription), channel->topic));
    channel->subscribers.push_back(std::move(subscriber));
  }
  TRY(cursor->status());
  return channel;
}

Result<std::vector<Topic>> Channels::list_topics(std::string_view arn_prefix, std::string_view after,
                                                 std::size_t limit) const {
  const std::string prefix = open_ended(topic_key(arn_prefix));
  const std::string behind = after.empty() ? std::string{} : topic_key(after);
  const auto cursor =
      store_->scan(Table::sns_topic, std::max(prefix, behind), store::prefix_end(prefix), store::Direction::forward);
  std::vector<Topic> topics;
  for (; cursor->valid() && topics.size() < limit; cursor->next()) {
    if (cursor->key() == behind) continue;
    auto topic = decode_topic(cursor->key(), cursor->value());
    if (!topic) return fail(unreadable("a topic"));
    topics.push_back(std::move(*topic));
  }
  TRY(cursor->status());
  return topics;
}

Result<std::vector<Subscription>> Channels::list_subscriptions(std::string_view key_prefix, std::string_view after,
                                                               std::size_t limit) const {
  const auto cursor = store_->scan(Table::sns_subscription, std::max(key_prefix, after), store::prefix_end(key_prefix),
                                   store::Direction::forward);
  std::vector<Subscription> subscriptions;
  for (; cursor->valid() && subscriptions.size() < limit; cursor->next()) {
    if (cursor->key() == after) continue;
    auto subscription = decode_subscription(cursor->key(), cursor->value());
    if (!subscription) return fail(unreadable("a subscription"));
    const bool is_shown =
        subscription->state != Subscription::State::cancelled && !is_forgotten(*subscription, clock_->now());
    if (is_shown) subscriptions.push_back(std::move(*subscription));
  }
  TRY(cursor->status());
  return subscriptions;
}

Task<Result<void>> Channels::commit(std::string topic_arn, store::Batch batch) {
  const auto durable = co_await store::commit(*store_, *scheduler_, std::move(batch));
  if (const auto known = known_.find(topic_arn); known != known_.end()) {
    known_subscribers_ -= known->second->subscribers.size();
    known_.erase(known);
  }
  co_return durable;
}

Task<Result<void>> Channels::save(Topic topic) {
  store::Batch batch;
  batch.put(Table::sns_topic, topic_key(topic.arn), encode(topic));
  co_return co_await commit(topic.arn, std::move(batch));
}

Task<Result<void>> Channels::remove(std::string topic_arn) {
  store::Batch batch;
  const std::string key = topic_key(topic_arn);
  batch.erase(Table::sns_topic, key);
  batch.erase_range(Table::sns_subscription, key, store::prefix_end(key));
  batch.erase_range(Table::sns_taken, key, store::prefix_end(key));
  co_return co_await commit(std::move(topic_arn), std::move(batch));
}

Task<Result<void>> Channels::save(Subscription subscription, store::Batch batch) {
  CO_TRY_ASSIGN(const ChannelPtr channel, find(subscription.topic));
  for (const std::string& id : channel->forgotten) {
    batch.erase(Table::sns_subscription, subscription_key(subscription.topic, id));
  }
  batch.put(Table::sns_subscription, subscription_key(subscription.topic, subscription.id), encode(subscription));
  co_return co_await commit(subscription.topic, std::move(batch));
}

Task<Result<void>> Channels::remove_subscription(std::string topic_arn, std::string id) {
  CO_TRY_ASSIGN(const ChannelPtr channel, find(topic_arn));
  store::Batch batch;
  batch.erase(Table::sns_subscription, subscription_key(topic_arn, id));
  Topic topic = channel->topic;
  ++topic.deleted_subscriptions;
  batch.put(Table::sns_topic, topic_key(topic_arn), encode(topic));
  co_return co_await commit(std::move(topic_arn), std::move(batch));
}

}  // namespace stepwell::sns
