#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"

#include <limits>

namespace stepwell::sqs {
namespace {

using store::Direction;
using store::Table;

constexpr Sequence all = std::numeric_limits<Sequence>::max();

// The states beside the messages: both tables have the same keys in the same order.
class States {
 public:
  explicit States(std::unique_ptr<store::Cursor> cursor) : cursor_(std::move(cursor)) {}

  Result<std::optional<MessageState>> at(std::string_view key) {
    while (cursor_->valid() && cursor_->key() < key) cursor_->next();
    TRY(cursor_->status());
    if (!cursor_->valid() || cursor_->key() != key) return std::nullopt;
    auto state = decode_state(cursor_->value());
    if (!state) return fail(errors::unreadable("a message's state"));
    return state;
  }

 private:
  std::unique_ptr<store::Cursor> cursor_;
};

}  // namespace

// A message that has just arrived. A full window closes behind it.
void Queue::track(const Entry& entry, Timestamp due) {
  newest_ = std::max(newest_, entry.sequence);
  line_.add(entry, due, ports_->clock.now());
  if (!complete_ || line_.visible() + line_.delayed() < limits_.window) return;
  complete_ = false;
  loaded_to_ = newest_;
}

// The next piece of the store.
Result<void> Queue::load() {
  const Timestamp now = ports_->clock.now();
  const std::string from = key(loaded_to_ + 1);
  const std::string to = key(all);
  const auto cursor = ports_->store.scan(Table::message, from, to, Direction::forward);
  States states(ports_->store.scan(Table::message_state, from, to, Direction::forward));
  std::size_t bytes = 0;
  std::size_t rows = 0;
  for (; cursor->valid() && rows < limits_.piece_rows && bytes < limits_.piece_bytes; cursor->next()) {
    TRY_ASSIGN(const auto state, states.at(cursor->key()));
    TRY(load_row(cursor->key(), cursor->value(), state, now));
    ++rows;
    bytes += cursor->value().size();
  }
  TRY(cursor->status());
  if (cursor->valid()) return {};
  complete_ = true;
  counted_to_ = all;
  beyond_ = 0;
  return {};
}

Result<bool> Queue::load_row(std::string_view row, std::string_view value, const std::optional<MessageState>& state,
                             Timestamp now) {
  const Sequence sequence = sequence_of(row);
  loaded_to_ = sequence;
  newest_ = std::max(newest_, sequence);
  if (busy_.contains(sequence)) return false;
  if (sequence <= counted_to_) {
    if (beyond_ > 0) --beyond_;
  } else {
    counted_to_ = sequence;
  }
  const auto head = decode_head(value);
  if (!head) return fail(errors::unreadable("a message"));
  Entry entry{.sequence = sequence, .group = line_.group(head->group)};
  if (state) {
    entry.receives = state->receives;
    entry.first_received = state->first_received;
  }
  if (state && state->visible > now) {
    line_.add_in_flight({.entry = entry, .received = state->received, .visible = state->visible});
  } else {
    // One without a delay is there, whatever the clock says now.
    line_.add(entry, head->due > head->sent ? head->due : Timestamp{}, now);
  }
  return true;
}

// Counts what lies beyond the window, a piece at a time.
Result<void> Queue::count_piece() {
  counted_to_ = std::max(counted_to_, loaded_to_);
  const auto cursor = ports_->store.scan(Table::message, key(counted_to_ + 1), key(all), Direction::forward);
  std::size_t bytes = 0;
  std::size_t rows = 0;
  for (; cursor->valid() && rows < limits_.piece_rows && bytes < limits_.piece_bytes; cursor->next()) {
    counted_to_ = sequence_of(cursor->key());
    if (!busy_.contains(counted_to_)) ++beyond_;
    ++rows;
    bytes += cursor->value().size();
  }
  TRY(cursor->status());
  if (!cursor->valid()) counted_to_ = all;
  return {};
}

Task<void> Queue::pause() {
  Pending<bool> again;
  ports_->scheduler.post([again] { again.set(true); });
  co_await again;
}

}  // namespace stepwell::sqs
