#include "services/logs/records.h"

#include "store/codec.h"
#include "store/times.h"

namespace stepwell::logs {
namespace {

using store::get_optional;
using store::millis;
using store::put_optional;
using store::timestamp;

constexpr std::uint8_t version = 1;

}  // namespace

std::string group_key(std::string_view arn) { return store::KeyWriter().text(arn).take(); }

std::string encode(const Group& group) {
  std::string value;
  store::ValueWriter(value)
      .u8(version)
      .text(group.name)
      .signed_varint(millis(group.created))
      .varint(group.retention_days)
      .text(group.log_class)
      .text(group.kms_key)
      .text(group.tags);
  return value;
}

std::optional<Group> decode_group(std::string_view arn, std::string_view value) {
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Group group;
  group.arn = arn;
  group.name = in.text();
  group.created = timestamp(in.signed_varint());
  group.retention_days = static_cast<std::uint32_t>(in.varint());
  group.log_class = in.text();
  group.kms_key = in.text();
  group.tags = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(group)) : std::nullopt;
}

std::string stream_key(std::string_view group, std::string_view name) {
  return store::KeyWriter().text(group).text(name).take();
}

std::string encode(const Stream& stream) {
  std::string value;
  store::ValueWriter out(value);
  out.u8(version).varint(stream.id).signed_varint(millis(stream.created));
  put_optional(out, stream.first_event);
  put_optional(out, stream.last_event);
  put_optional(out, stream.last_ingestion);
  out.varint(stream.bytes);
  return value;
}

std::optional<Stream> decode_stream(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  Stream stream;
  stream.group = place.text();
  stream.name = place.text();
  stream.id = in.varint();
  stream.created = timestamp(in.signed_varint());
  stream.first_event = get_optional(in);
  stream.last_event = get_optional(in);
  stream.last_ingestion = get_optional(in);
  stream.bytes = in.varint();
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(stream)) : std::nullopt;
}

std::string event_key(std::uint64_t stream, Timestamp at, std::uint64_t serial) {
  return store::KeyWriter().u64(stream).u64(static_cast<std::uint64_t>(millis(at))).u64(serial).take();
}

std::string encode_event(Timestamp ingested, std::string_view message) {
  std::string value;
  store::ValueWriter(value).u8(version).signed_varint(millis(ingested)).text(message);
  return value;
}

std::optional<Event> decode_event(std::string_view key, std::string_view value) {
  store::KeyReader place(key);
  store::ValueReader in(value);
  if (in.u8() != version) return std::nullopt;
  place.u64();
  Event event;
  event.at = timestamp(static_cast<std::int64_t>(place.u64()));
  event.serial = place.u64();
  event.ingested = timestamp(in.signed_varint());
  event.message = in.text();
  return place.ok() && in.ok() && in.at_end() ? std::optional(std::move(event)) : std::nullopt;
}

}  // namespace stepwell::logs
