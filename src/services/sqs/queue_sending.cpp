#include "crypto/hash.h"
#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"
#include "services/sqs/sequences.h"
#include "store/codec.h"

namespace stepwell::sqs {
namespace {

constexpr Duration deduplication_interval = std::chrono::minutes(5);
constexpr std::size_t digest_bytes = 16;

std::string digest_of(const Settings& settings, const Message& message) {
  const std::string_view group = settings.deduplicates_by_group ? std::string_view(message.group) : std::string_view{};
  const std::string key = store::KeyWriter().text(group).text(message.deduplication_id).take();
  return crypto::digest(crypto::Digest::sha256, key).substr(0, digest_bytes);
}

}  // namespace

Sequence Queue::next_sequence() {
  last_sequence_ = std::max(last_sequence_ + 1, first_sequence(ports_->clock.now()));
  return last_sequence_;
}

Result<Sent> Queue::send(Message message, store::Batch& batch) {
  last_used_ = ports_->clock.now();
  std::string digest;
  if (settings_.fifo) {
    digest = digest_of(settings_, message);
    TRY_ASSIGN(auto earlier, duplicate_of(digest, batch));
    if (earlier) return std::move(*earlier);
  }
  message.id = make_uuid(ports_->random);
  return add_arrival(std::move(message), std::move(digest), batch);
}

Sent Queue::take_over(Message message, store::Batch& batch) {
  message.due = message.sent;
  return add_arrival(std::move(message), {}, batch);
}

// What was sent under the same deduplication id; when that is not durable yet, it becomes part of this batch as well.
Result<std::optional<Sent>> Queue::duplicate_of(const std::string& digest, store::Batch& batch) {
  if (const auto found = arrivals_.find(digest); found != arrivals_.end()) {
    if (const auto arrival = found->second.lock()) {
      write_arrival(arrival, batch);
      return Sent{arrival->message_id, arrival->sequence};
    }
  }
  TRY_ASSIGN(const auto value,
             ports_->store.get(store::Table::message_deduplication, deduplication_key(record_.id, digest)));
  if (!value) return std::nullopt;
  auto earlier = decode_deduplication(*value);
  if (!earlier) return fail(errors::unreadable(record_.arn));
  if (earlier->until <= ports_->clock.now()) return std::nullopt;
  return Sent{std::move(earlier->message_id), earlier->sequence};
}

// Whoever lets go of the arrival last, on whatever thread, sends it to the loop.
Sent Queue::add_arrival(Message message, std::string deduplication, store::Batch& batch) {
  auto made = std::make_unique<Arrival>();
  made->sequence = next_sequence();
  made->message_id = message.id;
  made->group = message.group;
  made->due = message.due;
  made->value = encode(message);
  made->deduplication = std::move(deduplication);
  made->deduplicated_until = message.sent + deduplication_interval;
  const std::shared_ptr<Arrival> arrival(made.release(),
                                         [queue = weak_from_this(), &scheduler = ports_->scheduler](Arrival* over) {
                                           scheduler.post([queue, arrived = std::unique_ptr<Arrival>(over)] {
                                             if (const auto self = queue.lock()) self->settle(*arrived);
                                           });
                                         });
  busy_.insert(arrival->sequence);
  if (!arrival->deduplication.empty()) arrivals_[arrival->deduplication] = arrival;
  write_arrival(arrival, batch);
  if (arrival->deduplication.empty()) arrival->value = {};
  return {arrival->message_id, arrival->sequence};
}

void Queue::write_arrival(const std::shared_ptr<Arrival>& arrival, store::Batch& batch) {
  batch.put(store::Table::message, key(arrival->sequence), arrival->value);
  if (!arrival->deduplication.empty()) {
    batch.put(
        store::Table::message_deduplication, deduplication_key(record_.id, arrival->deduplication),
        encode(Deduplication{
            .until = arrival->deduplicated_until, .sequence = arrival->sequence, .message_id = arrival->message_id}));
  }
  batch.then([held = arrival](const Result<void>& result) mutable {
    if (result) held->durable = true;
    held.reset();
  });
}

// Nothing holds the arrival any more.
void Queue::settle(const Arrival& arrival) {
  const Sequence sequence = arrival.sequence;
  busy_.erase(sequence);
  if (const auto found = arrivals_.find(arrival.deduplication); found != arrivals_.end() && found->second.expired()) {
    arrivals_.erase(found);
  }
  if (!arrival.durable) return;
  if (closed_) {
    store::Batch batch;
    batch.erase(store::Table::message, key(sequence));
    return commit_unwatched(std::move(batch), [](bool) {});
  }
  if (is_tracked(sequence)) {
    track({.sequence = sequence, .group = line_.group(arrival.group)}, arrival.due);
  } else if (sequence <= counted_to_) {
    ++beyond_;
  }
  serve();
}

}  // namespace stepwell::sqs
