#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"

namespace stepwell::sqs {
namespace {

using store::Table;

constexpr std::chrono::seconds longest_flight{43'200};

// What is known of the receive that a handle names.
enum class Standing : std::uint8_t { in_flight, visible, overtaken, gone };

Standing standing_of(const MessageState& state, const Receipt& receipt, Timestamp now) {
  if (state.receives != receipt.receives) return Standing::overtaken;
  return state.visible > now ? Standing::in_flight : Standing::visible;
}

struct Known {
  Standing standing = Standing::gone;
  MessageState state;
};

// In the line.
Known look_up(const Line& line, const Receipt& receipt, Timestamp now) {
  if (const Line::Flight* flight = line.flight(receipt.sequence)) {
    const MessageState state{.receives = flight->entry.receives,
                             .first_received = flight->entry.first_received,
                             .received = flight->received,
                             .visible = flight->visible};
    return {standing_of(state, receipt, now), state};
  }
  const auto receives = line.receives_of_visible(receipt.sequence);
  if (!receives) return {};
  return {*receives == receipt.receives ? Standing::visible : Standing::overtaken, {}};
}

// Beyond it.
Result<Known> look_up(store::Store& store, const Receipt& receipt, Timestamp now) {
  TRY_ASSIGN(const auto value, store.get(Table::message_state, message_key(receipt.queue, receipt.sequence)));
  if (!value) return Known{};
  const auto state = decode_state(*value);
  if (!state) return fail(errors::unreadable("a message's state"));
  return Known{standing_of(*state, receipt, now), *state};
}

}  // namespace

Result<std::optional<Sequence>> Queue::remove(const Receipt& receipt, std::string_view handle, store::Batch& batch) {
  const Timestamp now = ports_->clock.now();
  last_used_ = now;
  line_.pass(now);
  const Sequence sequence = receipt.sequence;
  Known known;
  if (is_tracked(sequence)) {
    known = look_up(line_, receipt, now);
  } else {
    TRY_ASSIGN(known, look_up(ports_->store, receipt, now));
  }
  if (known.standing == Standing::gone) return std::nullopt;
  if (settings_.fifo && known.standing != Standing::in_flight) return fail(errors::receipt_handle_expired(handle));
  if (known.standing == Standing::overtaken) return std::nullopt;
  batch.erase(Table::message, key(sequence));
  batch.erase(Table::message_state, key(sequence));
  // Somebody else deletes it too, and will tell.
  if (!busy_.insert(sequence).second) return std::nullopt;
  return sequence;
}

void Queue::removed(Sequence sequence) {
  busy_.erase(sequence);
  if (is_tracked(sequence)) {
    line_.remove(sequence);
    serve();
  } else if (sequence <= counted_to_ && beyond_ > 0) {
    --beyond_;
  }
}

void Queue::kept(Sequence sequence) { busy_.erase(sequence); }

Result<void> Queue::change_visibility(const Receipt& receipt, std::string_view handle, std::int64_t seconds,
                                      store::Batch& batch) {
  const Timestamp now = ports_->clock.now();
  last_used_ = now;
  line_.pass(now);
  const bool tracked = is_tracked(receipt.sequence);
  Known known;
  if (tracked) {
    known = look_up(line_, receipt, now);
  } else {
    TRY_ASSIGN(known, look_up(ports_->store, receipt, now));
  }
  if (known.standing == Standing::gone) {
    return fail(errors::invalid_value(handle, "ReceiptHandle",
                                      "Message does not exist or is not available for visibility timeout change."));
  }
  if (known.standing != Standing::in_flight) return fail(errors::not_in_flight(handle));
  known.state.visible = now + std::chrono::seconds(seconds);
  if (known.state.visible - known.state.received > longest_flight) {
    return fail(errors::invalid_value(fmt::to_string(seconds), "VisibilityTimeout",
                                      "Total VisibilityTimeout for the message is beyond the limit [43200 seconds]"));
  }
  batch.put(Table::message_state, key(receipt.sequence), encode(known.state));
  if (!tracked) return {};
  // A promise to keep it invisible may begin before it is durable, and one to show it breaks no other.
  line_.change_visibility(receipt.sequence, known.state.visible);
  line_.pass(now);
  serve();
  return {};
}

}  // namespace stepwell::sqs
