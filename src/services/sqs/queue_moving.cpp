#include "services/sqs/errors.h"
#include "services/sqs/queue_parts.h"

namespace stepwell::sqs {
namespace {

using store::Table;

}  // namespace

// False where there is no such queue any more: then the message is given out again.
bool Queue::move_to_dead_letters(const Entry& entry, const Message& message) {
  const auto target = ports_->find(settings_.dead_letters->target);
  if (!target || *target == nullptr || (*target)->settings_.fifo != settings_.fifo) return false;
  store::Batch batch;
  Message moved = message;
  moved.dead_letter_source = record_.arn;
  // What is dead keeps its age; a FIFO queue counts it anew.
  if (settings_.fifo) moved.sent = ports_->clock.now();
  (*target)->take_over(std::move(moved), batch);
  batch.erase(Table::message, key(entry.sequence));
  batch.erase(Table::message_state, key(entry.sequence));
  busy_.insert(entry.sequence);
  line_.drop(entry);
  commit_unwatched(std::move(batch), [this, entry = Entry(entry), group = message.group](bool durable) mutable {
    busy_.erase(entry.sequence);
    if (durable || closed_) return;
    entry.group = line_.group(group);
    line_.add(entry, {}, ports_->clock.now());
  });
  return true;
}

Task<Result<std::size_t>> Queue::move(std::shared_ptr<Queue> destination, std::size_t most) {
  const auto self = shared_from_this();
  struct Moved {
    Entry entry;
    std::string group;
  };
  std::vector<Moved> moved;
  store::Batch batch;
  Result<void> reached;
  line_.pass(ports_->clock.now());
  for (std::uint32_t group = 0; moved.size() < most;) {
    CO_TRY_ASSIGN(const auto entry, next_entry(group));
    if (!entry) break;
    const auto value = ports_->store.get(Table::message, key(entry->sequence));
    auto message = value && *value ? decode_message(**value) : std::nullopt;
    if (!message) {
      line_.drop(*entry);
      continue;
    }
    auto target = destination != nullptr ? destination : ports_->find(message->dead_letter_source).value_or(nullptr);
    if (target == nullptr || target->settings_.fifo != settings_.fifo) {
      line_.put_back(*entry);
      reached = fail(errors::no_such_queue());
      break;
    }
    // In its new place it is a new message.
    moved.push_back({*entry, message->group});
    message->id = make_uuid(ports_->random);
    message->sent = ports_->clock.now();
    message->dead_letter_source.clear();
    target->take_over(std::move(*message), batch);
    batch.erase(Table::message, key(entry->sequence));
    batch.erase(Table::message_state, key(entry->sequence));
    busy_.insert(entry->sequence);
    line_.drop(*entry);
  }
  if (moved.empty()) {
    CO_TRY(reached);
    co_return 0;
  }
  const auto durable = co_await store::commit(ports_->store, ports_->scheduler, std::move(batch));
  for (Moved& each : moved) {
    busy_.erase(each.entry.sequence);
    if (durable || closed_) continue;
    each.entry.group = line_.group(each.group);
    line_.add(each.entry, {}, ports_->clock.now());
  }
  CO_TRY(durable);
  co_return moved.size();
}

}  // namespace stepwell::sqs
