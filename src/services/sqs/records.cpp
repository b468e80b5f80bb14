#include "services/sqs/records.h"

#include "store/codec.h"
#include "store/times.h"

namespace stepwell::sqs {
namespace {

using store::get_optional;
using store::millis;
using store::put_optional;
using store::timestamp;

constexpr std::uint8_t version = 1;

template <typename Record>
std::optional<Record> complete(const store::ValueReader& in, Record record) {
  return in.ok() && in.at_end() ? std::optional(std::move(record)) : std::nullopt;
}

MessageHead read_head(store::ValueReader& in) {
  MessageHead head;
  head.sent = timestamp(in.signed_varint());
  head.due = head.sent + Duration{in.signed_varint()};
  head.group = in.text();
  return head;
}

}  // namespace

std::string queue_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }

std::string encode(const QueueRecord& queue) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).varint(queue.id).signed_varint(millis(queue.created)).signed_varint(millis(queue.modified));
  put_optional(out, queue.purged);
  put_optional(out, queue.deleted);
  out.varint(queue.attributes.size());
  for (const auto& [name, text] : queue.attributes) out.text(name).text(text);
  out.text(queue.tags);
  return value;
}

std::optional<QueueRecord> decode_queue(std::string_view key, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  QueueRecord queue;
  queue.arn = store::KeyReader(key).text();
  queue.id = in.varint();
  queue.created = timestamp(in.signed_varint());
  queue.modified = timestamp(in.signed_varint());
  queue.purged = get_optional(in);
  queue.deleted = get_optional(in);
  for (std::uint64_t left = in.varint(); left > 0 && in.ok(); --left) {
    const std::string_view name = in.text();
    queue.attributes.emplace(name, in.text());
  }
  queue.tags = in.text();
  return complete(in, std::move(queue));
}

std::string message_key(QueueId queue, Sequence sequence) { return store::KeyWriter().u64(queue).u64(sequence).take(); }

Sequence sequence_of(std::string_view key) {
  store::KeyReader in(key);
  in.u64();
  return in.u64();
}

QueueId queue_of(std::string_view key) { return store::KeyReader(key).u64(); }

std::string encode(const Message& message) {
  std::string value;
  value.reserve(message.body.size() + message.attributes.size() + 192);
  store::ValueWriter(value)
      .u8(version)
      .signed_varint(millis(message.sent))
      .signed_varint(millis(message.due) - millis(message.sent))
      .text(message.group)
      .text(message.id)
      .text(message.deduplication_id)
      .text(message.sender)
      .text(message.trace_header)
      .text(message.dead_letter_source)
      .text(message.body_digest)
      .text(message.attributes)
      .text(message.body);
  return value;
}

std::optional<Message> decode_message(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  const MessageHead head = read_head(in);
  Message message{.sent = head.sent, .due = head.due, .group = std::string(head.group)};
  message.id = in.text();
  message.deduplication_id = in.text();
  message.sender = in.text();
  message.trace_header = in.text();
  message.dead_letter_source = in.text();
  message.body_digest = in.text();
  message.attributes = in.text();
  message.body = in.text();
  return complete(in, std::move(message));
}

std::optional<MessageHead> decode_head(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  const MessageHead head = read_head(in);
  return in.ok() ? std::optional(head) : std::nullopt;
}

std::string encode(const MessageState& state) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .varint(state.receives)
      .signed_varint(millis(state.first_received))
      .signed_varint(millis(state.received))
      .signed_varint(millis(state.visible));
  return value;
}

std::optional<MessageState> decode_state(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  MessageState state;
  state.receives = static_cast<std::uint32_t>(in.varint());
  state.first_received = timestamp(in.signed_varint());
  state.received = timestamp(in.signed_varint());
  state.visible = timestamp(in.signed_varint());
  return complete(in, state);
}

std::string deduplication_key(QueueId queue, std::string_view digest) {
  return store::KeyWriter().u64(queue).take().append(digest);
}

std::string encode(const Deduplication& deduplication) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .signed_varint(millis(deduplication.until))
      .varint(deduplication.sequence)
      .text(deduplication.message_id);
  return value;
}

std::optional<Deduplication> decode_deduplication(std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Deduplication deduplication;
  deduplication.until = timestamp(in.signed_varint());
  deduplication.sequence = in.varint();
  deduplication.message_id = in.text();
  return complete(in, std::move(deduplication));
}

std::string move_key(std::string_view source, std::string_view id) {
  return store::KeyWriter().text(source).text(id).take();
}

std::string encode(const MoveTask& task) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .u8(static_cast<std::uint8_t>(task.status))
      .text(task.destination)
      .varint(task.per_second)
      .varint(task.moved)
      .varint(task.to_move)
      .signed_varint(millis(task.started))
      .text(task.failure);
  return value;
}

std::optional<MoveTask> decode_move(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  MoveTask task;
  task.source = place.text();
  task.id = place.text();
  const std::uint8_t status = in.u8();
  if (status > static_cast<std::uint8_t>(MoveTask::Status::failed)) return std::nullopt;
  task.status = static_cast<MoveTask::Status>(status);
  task.destination = in.text();
  task.per_second = static_cast<std::uint32_t>(in.varint());
  task.moved = in.varint();
  task.to_move = in.varint();
  task.started = timestamp(in.signed_varint());
  task.failure = in.text();
  return place.ok() ? complete(in, std::move(task)) : std::nullopt;
}

void erase_messages(store::Batch& batch, QueueId queue) {
  const std::string from = store::KeyWriter().u64(queue).take();
  const std::string to = store::prefix_end(from);
  batch.erase_range(store::Table::message, from, to);
  batch.erase_range(store::Table::message_state, from, to);
  batch.erase_range(store::Table::message_deduplication, from, to);
}

}  // namespace stepwell::sqs
