#pragma once
// One queue at work: its line in memory, the store behind it, and who waits for messages.
//
// Memory. The line holds a window of the queue, from its oldest message on: everything up to `loaded_to_`. When what is
// visible there runs out, the next piece is read from the store; messages that are sent beyond a full window are only
// counted. So a queue of millions costs no more than the window, and one that nobody receives from costs nothing.
//
// Durability. What is sent, deleted or given another visibility is durable before it is answered. A receive is not:
// what it writes follows it, and a crash in between does nothing but give the message out once more, as any standard
// queue may and a FIFO queue does when a visibility timeout ends.
//
// Sending is part of a commit that may be somebody else's, and may never come. From its sending until then a message
// is an Arrival: the loader leaves its row alone, and whoever sends the same deduplication id meanwhile writes the same
// message into a commit of their own; it is given out when all of these are over, if any was durable.

#include "base/error.h"
#include "base/ports.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/sqs/attributes.h"
#include "services/sqs/line.h"
#include "services/sqs/receipts.h"
#include "services/sqs/records.h"
#include "store/store.h"

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace stepwell::sqs {

class Queue;

struct QueuePorts {
  store::Store& store;
  Scheduler& scheduler;
  Clock& clock;
  Random& random;
  Log& log;
  // The queue with that ARN, or nullptr.
  std::function<Result<std::shared_ptr<Queue>>(std::string_view arn)> find;
};

struct QueueLimits {
  std::size_t window = 100'000;     // messages of a queue in memory, beyond those in flight
  std::size_t in_flight = 120'000;  // as on AWS
  std::size_t piece_rows = 2'000;   // read at once
  std::size_t piece_bytes = 4U << 20U;
};

struct Sent {
  std::string message_id;
  Sequence sequence = 0;
};

struct ReceiveRequest {
  std::size_t most = 1;
  Duration visibility{};
  std::string attempt;  // ReceiveRequestAttemptId; empty: none
};

struct Delivery {
  Message message;
  Sequence sequence = 0;
  std::uint32_t receives = 0;
  Timestamp first_received{};
  std::string receipt_handle;
};

struct Counts {
  std::size_t visible = 0, delayed = 0, in_flight = 0;
};

class Queue : public std::enable_shared_from_this<Queue> {
 public:
  enum class Origin : bool { made, kept };
  Queue(std::shared_ptr<const QueuePorts> ports, QueueRecord record, Origin origin, const QueueLimits& limits);

  const QueueRecord& record() const { return record_; }
  const Settings& settings() const { return settings_; }
  // The record is durable.
  void change(QueueRecord record);
  // The queue and its messages are gone from the store.
  void close();

  // Adds the message to a batch; its id, body and attributes are given, and what the queue's type asks for.
  Result<Sent> send(Message message, store::Batch& batch);
  // The same for one that comes from another queue: nothing is deduplicated.
  Sent take_over(Message message, store::Batch& batch);

  // Waits for a message as long as `patience` says. Error OverLimit.
  Task<Result<std::vector<Delivery>>> receive(ReceiveRequest request, Duration patience, std::stop_token gone);
  // Answers everybody who waits, and lets nobody wait any more.
  void drain();

  // Adds the deletion to a batch; `removed` is for when that is durable, and `kept` where it was not. nullopt: there is
  // nothing to delete. Error InvalidParameterValueException: the handle has expired (FIFO).
  Result<std::optional<Sequence>> remove(const Receipt& receipt, std::string_view handle, store::Batch& batch);
  void removed(Sequence sequence);
  void kept(Sequence sequence);

  // Adds what a change of the visibility writes to a batch. Errors MessageNotInflight, InvalidParameterValueException.
  Result<void> change_visibility(const Receipt& receipt, std::string_view handle, std::int64_t seconds,
                                 store::Batch& batch);

  // Takes all messages away.
  Task<Result<void>> purge();
  // Takes away what is older than the queue keeps.
  Task<Result<void>> expire();
  // Moves up to `most` visible messages to `destination` (nullptr: each to where it came from); gives how many.
  Task<Result<std::size_t>> move(std::shared_ptr<Queue> destination, std::size_t most);

  // How many messages there are; of a large queue that was just opened perhaps not all are counted yet.
  Task<Result<Counts>> count();

  // Nothing is under way that memory alone knows.
  bool is_at_rest() const { return waiters_.empty() && busy_.empty() && writing_ == 0; }
  Timestamp last_used() const { return last_used_; }

 private:
  struct Arrival;
  struct Waiter;
  struct Attempt {
    Timestamp until{};
    std::vector<Receipt> receipts;
  };

  // queue_sending.cpp
  Sent add_arrival(Message message, std::string deduplication, store::Batch& batch);
  void write_arrival(const std::shared_ptr<Arrival>& arrival, store::Batch& batch);
  void settle(const Arrival& arrival);
  Sequence next_sequence();
  Result<std::optional<Sent>> duplicate_of(const std::string& digest, store::Batch& batch);

  // queue_loading.cpp
  Result<void> load();
  bool may_load() const;
  Result<bool> load_row(std::string_view key, std::string_view value, const std::optional<MessageState>& state,
                        Timestamp now);
  void track(const Entry& entry, Timestamp due);
  bool is_tracked(Sequence sequence) const { return complete_ || sequence <= loaded_to_; }
  Result<void> count_piece();
  Task<void> pause();

  // queue_receiving.cpp
  class Taking;
  Result<std::vector<Delivery>> take(const ReceiveRequest& request);
  Result<std::optional<Entry>> next_entry(std::uint32_t& group);
  bool move_to_dead_letters(const Entry& entry, const Message& message);
  std::optional<std::vector<Delivery>> repeat(const ReceiveRequest& request);
  void remember(const std::string& attempt, const std::vector<Delivery>& deliveries);
  void serve();
  void set_alarm();
  void commit_unwatched(store::Batch batch, std::move_only_function<void(bool durable)> then);

  std::string key(Sequence sequence) const { return message_key(record_.id, sequence); }
  bool is_expired(const MessageHead& head, Timestamp now) const;
  bool is_expired(Timestamp sent, Timestamp now) const;

  const std::shared_ptr<const QueuePorts> ports_;
  const QueueLimits limits_;
  QueueRecord record_;
  Settings settings_;
  Line line_;
  Sequence last_sequence_ = 0;  // given

  Sequence loaded_to_ = 0;   // the line has everything up to here
  bool complete_ = false;    // and nothing is beyond
  Sequence newest_ = 0;      // that the line has had
  Sequence counted_to_ = 0;  // rows up to here and beyond loaded_to_ are in beyond_
  std::size_t beyond_ = 0;
  std::unordered_set<Sequence> busy_;  // rows that the loader leaves alone: arrivals, and what is being deleted
  std::unordered_map<std::string, std::weak_ptr<Arrival>> arrivals_;  // by deduplication digest

  std::deque<std::shared_ptr<Waiter>> waiters_;
  std::unique_ptr<Timer> alarm_;
  Timestamp alarm_at_{};
  std::unordered_map<std::string, Attempt> attempts_;
  std::size_t writing_ = 0;  // commits that nobody waits for
  bool draining_ = false;
  bool closed_ = false;
  Timestamp last_used_{};
};

}  // namespace stepwell::sqs
