#include "engine/event_codec.h"

#include "engine/storage_lost.h"
#include "store/codec.h"

#include <map>

namespace stepwell::engine {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t max_events_in_record = 256;
constexpr std::size_t max_bytes_in_record = 256U << 10U;

bool holds_payload(FieldTag tag) {
  const FieldKind kind = info(tag).kind;
  return kind == FieldKind::payload || kind == FieldKind::plain;
}

bool holds_text(FieldTag tag) {
  const FieldKind kind = info(tag).kind;
  return kind == FieldKind::text || kind == FieldKind::note;
}

void write_field(store::ValueWriter& out, const Field& field, Serial serial, json::Arena& arena) {
  out.u8(static_cast<std::uint8_t>(field.tag));
  if (holds_text(field.tag)) {
    out.text(field.text);
  } else if (!holds_payload(field.tag)) {
    out.signed_varint(field.number);
  } else if (field.payload == nullptr) {
    out.u8(2);
  } else if (const Home home = field.payload->home(); home.serial != 0) {
    out.u8(1).varint(home.serial).u8(static_cast<std::uint8_t>(home.tag));
  } else {
    out.u8(0).text(field.payload->text(arena));
    field.payload->set_home({serial, field.tag});
  }
}

[[noreturn]] void corrupted() {
  throw StorageLost({.fault = Fault::server,
                     .code = "StorageCorrupted",
                     .message = "A record of events cannot be read.",
                     .detail = {}});
}

class Decoder {
 public:
  Decoder(std::string_view record, json::Arena& arena, const PayloadSource& source, ExecutionId execution)
      : in_(record), arena_(arena), source_(source), execution_(execution) {}

  std::vector<Event> events() {
    if (in_.u8() != version) corrupted();
    const std::uint64_t count = in_.varint();
    serial_ = in_.varint();
    std::int64_t time = in_.signed_varint();
    EventId id = static_cast<EventId>(in_.varint());
    std::vector<Event> events;
    for (std::uint64_t i = 0; i < count && in_.ok(); ++i, ++serial_) {
      Event event;
      event.type = static_cast<EventType>(in_.u8());
      event.scope = static_cast<ScopeId>(in_.varint());
      if (!is_internal(event.type)) event.id = id++;
      event.previous = static_cast<EventId>(in_.varint());
      event.serial = serial_;
      time += in_.signed_varint();
      event.at = Timestamp{Duration{time}};
      event.fields = fields();
      events.push_back(event);
    }
    if (!in_.ok() || !in_.at_end()) corrupted();
    return events;
  }

 private:
  std::span<const Field> fields() {
    std::vector<Field> fields;
    const std::uint64_t count = in_.varint();
    for (std::uint64_t i = 0; i < count && in_.ok(); ++i) fields.push_back(field());
    const auto kept = arena_.make_array<Field>(fields.size());
    std::ranges::copy(fields, kept.begin());
    return kept;
  }

  Field field() {
    const auto tag = static_cast<FieldTag>(in_.u8());
    if (holds_text(tag)) return {tag, arena_.copy(in_.text())};
    if (!holds_payload(tag)) return {tag, in_.signed_varint()};
    switch (in_.u8()) {
      case 0: return {tag, inline_payload({serial_, tag})};
      case 1: return {tag, referred_payload()};
      default: return {tag, static_cast<const Payload*>(nullptr)};
    }
  }

  const Payload* inline_payload(Home home) {
    Payload* payload = Payload::of_text(arena_, in_.text());
    payload->set_home(home);
    seen_[{home.serial, home.tag}] = payload;
    return payload;
  }

  const Payload* referred_payload() {
    const Serial serial = in_.varint();
    const auto tag = static_cast<FieldTag>(in_.u8());
    const Payload*& payload = seen_[{serial, tag}];
    if (payload == nullptr) payload = Payload::of_home(arena_, source_, execution_, {serial, tag});
    return payload;
  }

  store::ValueReader in_;
  json::Arena& arena_;
  const PayloadSource& source_;
  ExecutionId execution_;
  Serial serial_ = 0;
  std::map<std::pair<Serial, FieldTag>, const Payload*> seen_;
};

}  // namespace

std::size_t next_run(std::span<const Event> events, json::Arena& arena) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (count < events.size() && count < max_events_in_record && bytes < max_bytes_in_record) {
    for (const Field& field : events[count].fields) {
      bytes += field.text.size();
      if (field.payload != nullptr && field.payload->home().serial == 0) bytes += field.payload->text(arena).size();
    }
    ++count;
  }
  return count;
}

std::string encode_events(std::span<const Event> events, json::Arena& arena) {
  const auto first_shown = std::ranges::find_if(events, [](const Event& event) { return event.id != 0; });
  std::string record;
  store::ValueWriter out(record);
  std::int64_t time = events.front().at.time_since_epoch().count();
  out.u8(version).varint(events.size()).varint(events.front().serial).signed_varint(time);
  out.varint(first_shown == events.end() ? 0 : first_shown->id);
  for (const Event& event : events) {
    const std::int64_t at = event.at.time_since_epoch().count();
    out.u8(static_cast<std::uint8_t>(event.type)).varint(event.scope).varint(event.previous).signed_varint(at - time);
    time = at;
    out.varint(event.fields.size());
    for (const Field& field : event.fields) write_field(out, field, event.serial, arena);
  }
  return record;
}

std::vector<Event> decode_events(std::string_view record, json::Arena& arena, const PayloadSource& source,
                                 ExecutionId execution) {
  return Decoder(record, arena, source, execution).events();
}

}  // namespace stepwell::engine
