#pragma once
// What is kept of log groups and streams, and their keys and values in the store. A group goes by its ARN without the
// ":*" that some of AWS's answers append.

#include "base/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::logs {

struct Group {
  std::string arn;  // arn:aws:logs:<region>:<account>:log-group:<name>
  std::string name;
  Timestamp created{};
  std::uint32_t retention_days = 0;  // 0: for ever
  std::string log_class = "STANDARD";
  std::string kms_key;  // kept and shown; the store is not encrypted
  std::string tags;     // JSON object
};

struct Stream {
  std::string group;  // ARN
  std::string name;
  std::uint64_t id = 0;  // the first part of its events' keys
  Timestamp created{};
  std::optional<Timestamp> first_event, last_event, last_ingestion;
  std::uint64_t bytes = 0;  // of messages, and event_overhead for each

  std::string arn() const { return group + ":log-stream:" + name; }
};

// What AWS counts for an event beside its message.
inline constexpr std::size_t event_overhead = 26;

std::string group_key(std::string_view arn);
std::string encode(const Group& group);
std::optional<Group> decode_group(std::string_view arn, std::string_view value);

std::string stream_key(std::string_view group, std::string_view name);
std::string encode(const Stream& stream);
std::optional<Stream> decode_stream(std::string_view key, std::string_view value);

// An event: its place among the events of a stream, and what it says.
struct Event {
  Timestamp at{};
  std::uint64_t serial = 0;  // unique, growing with the time of ingestion
  Timestamp ingested{};
  std::string message;
};
std::string event_key(std::uint64_t stream, Timestamp at, std::uint64_t serial);
std::string encode_event(Timestamp ingested, std::string_view message);
std::optional<Event> decode_event(std::string_view key, std::string_view value);

}  // namespace stepwell::logs
