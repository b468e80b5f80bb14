#pragma once
// Topics with their subscriptions. They are in the store; those that are used stand in memory too, ready for
// publishing, as long as there are not too many of them.
//
// A change takes `changes()`, reads what is there, and commits; the channel is read anew when it is asked for after
// that.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/sns/filter.h"
#include "services/sns/http_policy.h"
#include "services/sns/records.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::sns {

// A subscription and what its attributes mean.
struct Subscriber {
  Subscription subscription;
  std::optional<Filter> filter;
  HttpPolicy http;
  std::string dead_letter_queue;  // ARN; empty: none
};

struct Channel {
  Topic topic;
  std::vector<Subscriber> subscribers;  // of every state, by id
  std::vector<std::string> forgotten;   // ids of those that were not confirmed or restored in time

  const Subscriber* find(std::string_view id) const;
};
using ChannelPtr = std::shared_ptr<const Channel>;

inline constexpr std::size_t max_subscriptions = 10'000;  // of one topic

class Channels {
 public:
  Channels(store::Store& store, Scheduler& scheduler, Clock& clock)
      : store_(&store), scheduler_(&scheduler), clock_(&clock) {}

  AsyncMutex& changes() { return changes_; }

  // nullptr: there is no such topic.
  Result<ChannelPtr> find(const std::string& topic_arn);

  // In the order of their ARNs, behind `after` (empty: from the beginning), those whose ARN begins so.
  Result<std::vector<Topic>> list_topics(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;
  // The same; `after` is the key of a subscription. Cancelled ones are left out.
  Result<std::vector<Subscription>> list_subscriptions(std::string_view key_prefix, std::string_view after,
                                                       std::size_t limit) const;

  Task<Result<void>> save(Topic topic);
  Task<Result<void>> remove(std::string topic_arn);  // with its subscriptions
  // With what else belongs to it in `batch`.
  Task<Result<void>> save(Subscription subscription, store::Batch batch = {});
  Task<Result<void>> remove_subscription(std::string topic_arn, std::string id);

 private:
  Result<ChannelPtr> read(const std::string& topic_arn) const;
  Task<Result<void>> commit(std::string topic_arn, store::Batch batch);

  store::Store* store_;
  Scheduler* scheduler_;
  Clock* clock_;
  AsyncMutex changes_;
  std::unordered_map<std::string, ChannelPtr> known_;  // by topic ARN
  std::size_t known_subscribers_ = 0;
};

}  // namespace stepwell::sns
