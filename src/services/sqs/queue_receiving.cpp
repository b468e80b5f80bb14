#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"

#include <algorithm>

namespace stepwell::sqs {
namespace {

using store::Table;

constexpr int most_pieces = 8;  // that one receive has read
constexpr Duration attempt_life = std::chrono::minutes(5);
constexpr std::size_t most_attempts = 20'000;

}  // namespace

void Queue::Waiter::GiveUp::operator()() const {
  const auto self = queue.lock();
  if (self == nullptr) return;
  const auto found = std::ranges::find(self->waiters_, waiter, &std::shared_ptr<Waiter>::get);
  if (found == self->waiters_.end()) return;
  const auto over = *found;
  self->waiters_.erase(found);
  over->answer(self->ports_->scheduler, std::vector<Delivery>{});
}

Task<Result<std::vector<Delivery>>> Queue::receive(ReceiveRequest request, Duration patience, std::stop_token gone) {
  auto taken = take(request);
  const bool is_over = taken ? !taken->empty() : taken.error().code != "OverLimit";
  if (is_over || patience == Duration::zero() || draining_ || gone.stop_requested()) co_return taken;
  const auto waiter = std::make_shared<Waiter>(std::move(request));
  const Waiter::GiveUp give_up{weak_from_this(), waiter.get()};
  waiters_.push_back(waiter);
  waiter->timer = ports_->scheduler.after(patience, give_up);
  waiter->gone.emplace(gone, give_up);
  set_alarm();
  co_return co_await waiter->pending;
}

// In the order of their coming.
void Queue::serve() {
  while (!waiters_.empty()) {
    auto taken = take(waiters_.front()->request);
    const bool is_over = taken ? !taken->empty() : taken.error().code != "OverLimit";
    if (!is_over) break;
    const auto waiter = std::move(waiters_.front());
    waiters_.pop_front();
    waiter->answer(ports_->scheduler, std::move(taken));
  }
  set_alarm();
}

bool Queue::may_load() const { return !complete_ && line_.size() < limits_.window + limits_.in_flight; }

// For those who wait: when the next message becomes visible, or at once where the store may have more. Where nobody
// does, that is looked up with the next call.
void Queue::set_alarm() {
  auto next = waiters_.empty() ? std::nullopt : line_.next_change();
  if (!waiters_.empty() && may_load()) next = ports_->clock.now();
  if (!next) return alarm_.reset();
  if (alarm_ != nullptr && alarm_at_ == *next) return;
  alarm_at_ = *next;
  const Duration delay = std::max(*next - ports_->clock.now(), Duration::zero());
  alarm_ = ports_->scheduler.after(delay, [queue = weak_from_this()] {
    const auto self = queue.lock();
    if (self == nullptr) return;
    const auto over = std::move(self->alarm_);
    self->serve();
  });
}

Result<std::optional<Entry>> Queue::next_entry(std::uint32_t& group) {
  for (int piece = 0;; ++piece) {
    if (auto entry = line_.take(group)) return entry;
    if (!may_load() || piece == most_pieces) return std::nullopt;
    TRY(load());
  }
}

// One receive: messages on their way out, and what is written about them.
class Queue::Taking {
 public:
  Taking(Queue& queue, const ReceiveRequest& request)
      : queue_(queue), request_(request), now_(queue.ports_->clock.now()) {}

  Result<void> run() {
    std::uint32_t group = 0;
    while (deliveries_.size() < request_.most && has_room()) {
      TRY_ASSIGN(const auto entry, queue_.next_entry(group));
      if (!entry) break;
      TRY(take(*entry));
    }
    return {};
  }

  // What was taken is in flight, even where a later one could not be read.
  std::vector<Delivery> finish() {
    for (const Line::Flight& flight : flights_) {
      if (flight.visible > now_) {
        queue_.line_.fly(flight);
      } else {
        queue_.line_.put_back(flight.entry);
      }
    }
    if (!batch_.empty()) queue_.commit_unwatched(std::move(batch_), [](bool) {});
    return std::move(deliveries_);
  }

  bool has_room() const { return queue_.line_.in_flight() + flights_.size() < queue_.limits_.in_flight; }

 private:
  Result<void> take(Entry entry) {
    const std::string key = queue_.key(entry.sequence);
    TRY_ASSIGN(const auto value, queue_.ports_->store.get(Table::message, key));
    if (!value) {
      queue_.line_.drop(entry);
      return {};
    }
    auto message = decode_message(*value);
    if (!message) return fail(errors::unreadable("a message"));
    if (queue_.is_expired(message->sent, now_)) {
      queue_.line_.drop(entry);
      batch_.erase(Table::message, key);
      batch_.erase(Table::message_state, key);
      return {};
    }
    const auto& dead_letters = queue_.settings_.dead_letters;
    if (dead_letters && entry.receives >= dead_letters->max_receives && queue_.move_to_dead_letters(entry, *message)) {
      return {};
    }
    deliver(entry, std::move(*message), key);
    return {};
  }

  void deliver(Entry entry, Message message, const std::string& key) {
    if (entry.receives++ == 0) entry.first_received = now_;
    const Line::Flight flight{.entry = entry, .received = now_, .visible = now_ + request_.visibility};
    flights_.push_back(flight);
    batch_.put(Table::message_state, key,
               encode(MessageState{.receives = entry.receives,
                                   .first_received = entry.first_received,
                                   .received = now_,
                                   .visible = flight.visible}));
    deliveries_.push_back({.message = std::move(message),
                           .sequence = entry.sequence,
                           .receives = entry.receives,
                           .first_received = entry.first_received,
                           .receipt_handle = receipt_handle(
                               {.queue = queue_.record_.id, .sequence = entry.sequence, .receives = entry.receives})});
  }

  Queue& queue_;
  const ReceiveRequest& request_;
  const Timestamp now_;
  std::vector<Delivery> deliveries_;
  std::vector<Line::Flight> flights_;
  store::Batch batch_;
};

Result<std::vector<Delivery>> Queue::take(const ReceiveRequest& request) {
  if (closed_) return fail(errors::no_such_queue());
  last_used_ = ports_->clock.now();
  line_.pass(last_used_);
  if (auto again = repeat(request)) return std::move(*again);
  Taking taking(*this, request);
  const bool has_room = taking.has_room();
  const auto run = taking.run();
  auto deliveries = taking.finish();
  if (deliveries.empty()) {
    TRY(run);
    // A FIFO queue gives nothing out then, and says nothing.
    if (!has_room && !settings_.fifo) return fail(errors::over_limit("Too many messages in flight."));
  }
  remember(request.attempt, deliveries);
  return deliveries;
}

void Queue::remember(const std::string& attempt, const std::vector<Delivery>& deliveries) {
  if (attempt.empty() || deliveries.empty() || !settings_.fifo) return;
  if (attempts_.size() >= most_attempts) {
    std::erase_if(attempts_, [this](const auto& each) { return each.second.until <= last_used_; });
    if (attempts_.size() >= most_attempts) return;
  }
  Attempt& made = attempts_[attempt];
  made = {.until = last_used_ + attempt_life, .receipts = {}};
  for (const Delivery& delivery : deliveries) {
    made.receipts.push_back({.queue = record_.id, .sequence = delivery.sequence, .receives = delivery.receives});
  }
}

// The same receive once more gets the same messages, as long as all of them are still in flight from it.
std::optional<std::vector<Delivery>> Queue::repeat(const ReceiveRequest& request) {
  const auto found = request.attempt.empty() ? attempts_.end() : attempts_.find(request.attempt);
  if (found == attempts_.end() || found->second.until <= last_used_) return std::nullopt;
  std::vector<Delivery> deliveries;
  store::Batch batch;
  for (const Receipt& receipt : found->second.receipts) {
    const Line::Flight* flight = line_.flight(receipt.sequence);
    if (flight == nullptr || flight->entry.receives != receipt.receives) return std::nullopt;
    const auto value = ports_->store.get(Table::message, key(receipt.sequence));
    auto message = value && *value ? decode_message(**value) : std::nullopt;
    if (!message) return std::nullopt;
    batch.put(Table::message_state, key(receipt.sequence),
              encode(MessageState{.receives = receipt.receives,
                                  .first_received = flight->entry.first_received,
                                  .received = flight->received,
                                  .visible = last_used_ + request.visibility}));
    deliveries.push_back({.message = std::move(*message),
                          .sequence = receipt.sequence,
                          .receives = receipt.receives,
                          .first_received = flight->entry.first_received,
                          .receipt_handle = receipt_handle(receipt)});
  }
  for (const Delivery& delivery : deliveries) {
    line_.change_visibility(delivery.sequence, last_used_ + request.visibility);
  }
  commit_unwatched(std::move(batch), [](bool) {});
  return deliveries;
}

// The caller does not wait: nothing that was promised rests on it.
void Queue::commit_unwatched(store::Batch batch, std::move_only_function<void(bool durable)> then) {
  ++writing_;
  ports_->store.commit(std::move(batch), [queue = weak_from_this(), &scheduler = ports_->scheduler,
                                          then = std::move(then)](const Result<void>& result) mutable {
    scheduler.post([queue, then = std::move(then), durable = result.has_value()]() mutable {
      const auto self = queue.lock();
      if (self == nullptr) return;
      --self->writing_;
      then(durable);
    });
  });
}

}  // namespace stepwell::sqs
