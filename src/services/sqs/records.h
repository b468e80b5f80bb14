#pragma once
// What is kept of queues and messages, and their keys and values in the store.
//
//   queue                  by ARN; one that was deleted stays for a minute, as its name is taken that long
//   message                by queue id and sequence number: written once, when it is sent
//   message_state          by the same: how often it was received, until when it is invisible; from the first receive
//   on message_deduplication  by queue id and a digest of the deduplication id (and group): what was sent under it
//   message_move           by the ARN of the queue that messages are moved from, and the task's id

#include "base/time.h"
#include "services/sqs/line.h"
#include "store/store.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sqs {

using QueueId = std::uint64_t;
using Attributes = std::map<std::string, std::string, std::less<>>;

struct QueueRecord {
  std::string arn;
  QueueId id = 0;  // another one when a queue of the same name is made again
  Timestamp created{};
  Timestamp modified{};
  std::optional<Timestamp> purged;   // last
  std::optional<Timestamp> deleted;  // then all but the ARN is history
  Attributes attributes;             // those that were given
  std::string tags = "{}";           // JSON object
};

struct Message {
  std::string id;  // UUID
  Timestamp sent{};
  Timestamp due{};  // not given out before
  std::string group;
  std::string deduplication_id;
  std::string sender;
  std::string trace_header;
  std::string dead_letter_source;  // ARN of the queue that it was moved from
  std::string body_digest;         // MD5, raw
  std::string attributes;          // JSON object, as the API shows it; empty: none
  std::string body;
};

// What loading a line needs of a message: the front of its value.
struct MessageHead {
  Timestamp sent{};
  Timestamp due{};
  std::string_view group;
};

struct MessageState {
  std::uint32_t receives = 0;
  Timestamp first_received{};
  Timestamp received{};  // last
  Timestamp visible{};
};

// What a duplicate is answered with.
struct Deduplication {
  Timestamp until{};
  Sequence sequence = 0;
  std::string message_id;
};

struct MoveTask {
  enum class Status : std::uint8_t { running, completed, cancelling, cancelled, failed };

  std::string source;       // ARNs
  std::string destination;  // empty: where each message came from
  std::string id;
  Status status = Status::running;
  std::uint32_t per_second = 0;  // 0: as fast as may be
  std::uint64_t moved = 0;
  std::uint64_t to_move = 0;
  Timestamp started{};
  std::string failure;
};

std::string queue_key(std::string_view arn);
std::string encode(const QueueRecord& queue);
std::optional<QueueRecord> decode_queue(std::string_view key, std::string_view value);

std::string message_key(QueueId queue, Sequence sequence);  // of the message and of its state
Sequence sequence_of(std::string_view key);
QueueId queue_of(std::string_view key);
std::string encode(const Message& message);
std::optional<Message> decode_message(std::string_view value);
std::optional<MessageHead> decode_head(std::string_view value);
std::string encode(const MessageState& state);
std::optional<MessageState> decode_state(std::string_view value);

std::string deduplication_key(QueueId queue, std::string_view digest);
std::string encode(const Deduplication& deduplication);
std::optional<Deduplication> decode_deduplication(std::string_view value);

std::string move_key(std::string_view source, std::string_view id);
std::string encode(const MoveTask& task);
std::optional<MoveTask> decode_move(std::string_view key, std::string_view value);

// Takes the queue's messages, their states and what they were sent under away.
void erase_messages(store::Batch& batch, QueueId queue);

}  // namespace stepwell::sqs
