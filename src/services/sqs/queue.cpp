#include "services/sqs/queue.h"

#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"
#include "services/sqs/sequences.h"
#include "store/codec.h"

#include <limits>

namespace stepwell::sqs {

constexpr Sequence all = std::numeric_limits<Sequence>::max();

Queue::Queue(std::shared_ptr<const QueuePorts> ports, QueueRecord record, Origin origin, const QueueLimits& limits)
    : ports_(std::move(ports)),
      limits_(limits),
      record_(std::move(record)),
      settings_(settings_of(record_.attributes)),
      line_(settings_.fifo ? Order::fifo : Order::standard),
      complete_(origin == Origin::made),
      counted_to_(complete_ ? all : 0),
      last_used_(ports_->clock.now()) {
  if (complete_) return;
  // Numbers grow, whatever the clock says now.
  const auto last = ports_->store.scan(store::Table::message, key(0), key(all), store::Direction::backward);
  if (last->valid()) last_sequence_ = sequence_of(last->key());
}

void Queue::change(QueueRecord record) {
  record_ = std::move(record);
  settings_ = settings_of(record_.attributes);
  serve();
}

void Queue::close() {
  closed_ = true;
  line_.clear();
  alarm_.reset();
  for (const auto& waiter : std::exchange(waiters_, {}))
    waiter->answer(ports_->scheduler, fail(errors::no_such_queue()));
}

void Queue::drain() {
  draining_ = true;
  alarm_.reset();
  for (const auto& waiter : std::exchange(waiters_, {})) waiter->answer(ports_->scheduler, std::vector<Delivery>{});
}

Task<Result<void>> Queue::purge() {
  const auto self = shared_from_this();
  QueueRecord record = record_;
  record.purged = ports_->clock.now();
  store::Batch batch;
  erase_messages(batch, record.id);
  batch.put(store::Table::queue, queue_key(record.arn), encode(record));
  CO_TRY(co_await store::commit(ports_->store, ports_->scheduler, std::move(batch)));
  // What was sent behind it has not arrived yet: arrivals come in the order of their commits.
  line_.clear();
  complete_ = true;
  counted_to_ = all;
  beyond_ = 0;
  change(std::move(record));
  co_return Result<void>();
}

bool Queue::is_expired(Timestamp sent, Timestamp now) const {
  return sent + std::chrono::seconds(settings_.retention_seconds) <= now;
}

// Sequence numbers hold the time, so what is too old is one range, found without reading it.
Task<Result<void>> Queue::expire() {
  const auto self = shared_from_this();
  const Timestamp expired = ports_->clock.now() - std::chrono::seconds(settings_.retention_seconds);
  const Sequence first_kept = first_sequence(expired + Duration{1});
  const auto first = ports_->store.scan(store::Table::message, key(0), key(first_kept), store::Direction::forward);
  if (!first->valid()) co_return first->status();
  store::Batch batch;
  batch.erase_range(store::Table::message, key(0), key(first_kept));
  batch.erase_range(store::Table::message_state, key(0), key(first_kept));
  CO_TRY(co_await store::commit(ports_->store, ports_->scheduler, std::move(batch)));
  line_.remove_before(first_kept);
  if (!complete_) {
    counted_to_ = loaded_to_;
    beyond_ = 0;
  }
  serve();
  co_return Result<void>();
}

Task<Result<Counts>> Queue::count() {
  const auto self = shared_from_this();
  constexpr int most_pieces = 64;  // of one question; the next one goes on from there
  for (int piece = 0; counted_to_ != all && piece < most_pieces; ++piece) {
    if (piece > 0) co_await pause();
    CO_TRY(complete_ || line_.size() >= limits_.window ? count_piece() : load());
  }
  line_.pass(ports_->clock.now());
  co_return Counts{.visible = line_.visible() + beyond_, .delayed = line_.delayed(), .in_flight = line_.in_flight()};
}

}  // namespace stepwell::sqs
