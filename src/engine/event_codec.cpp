#include "engine/event_codec.h"

#include "engine/storage_lost.h"
#include "store/codec.h"

#include <algorithm>

namespace stepwell::engine {
namespace {

constexpr std::uint8_t version = 1;
constexpr std::size_t max_events_in_record = 256;
constexpr std::size_t max_bytes_in_record = 256U << 10U;

// How a payload is written.
constexpr std::uint8_t payload_inline = 0;
constexpr std::uint8_t payload_elsewhere = 1;
constexpr std::uint8_t payload_missing = 2;

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
    out.text(field.text());
  } else if (!holds_payload(field.tag)) {
    out.signed_varint(field.number());
  } else if (field.payload() == nullptr) {
    out.u8(payload_missing);
  } else if (const Home home = field.payload()->home(); home.serial != 0) {
    out.u8(payload_elsewhere).varint(home.serial).u8(static_cast<std::uint8_t>(home.tag));
  } else {
    out.u8(payload_inline).text(field.payload()->text(arena));
    field.payload()->set_home({serial, field.tag});
  }
}

[[noreturn]] void corrupted() {
  throw StorageLost({.fault = Fault::server,
                     .code = "StorageCorrupted",
                     .message = "A record of events cannot be read.",
                     .detail = {}});
}

struct Header {
  std::uint64_t count = 0;
  Serial first = 0;
  std::int64_t time = 0;
  EventId id = 0;
};

Header read_header(store::ValueReader& in) {
  if (in.u8() != version) corrupted();
  Header header;
  header.count = in.varint();
  header.first = in.varint();
  header.time = in.signed_varint();
  header.id = static_cast<EventId>(in.varint());
  return header;
}

// Passes over the fields of an event; `found` gets the payloads that it holds.
template <typename Found>
void skip_fields(store::ValueReader& in, Found found) {
  const std::uint64_t count = in.varint();
  for (std::uint64_t i = 0; i < count && in.ok(); ++i) {
    const auto tag = static_cast<FieldTag>(in.u8());
    if (holds_text(tag)) {
      in.text();
    } else if (!holds_payload(tag)) {
      in.varint();
    } else if (const std::uint8_t how = in.u8(); how == payload_inline) {
      found(tag, in.text());
    } else if (how == payload_elsewhere) {
      in.varint();
      in.u8();
    }
  }
}

}  // namespace

std::size_t next_run(std::span<const Event> events, json::Arena& arena) {
  std::size_t bytes = 0;
  std::size_t count = 0;
  while (count < events.size() && count < max_events_in_record && bytes < max_bytes_in_record) {
    for (const Field& field : events[count].fields) {
      bytes += field.text().size();
      if (field.payload() != nullptr && field.payload()->home().serial == 0)
        bytes += field.payload()->text(arena).size();
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

PackedEvents::PackedEvents(std::string_view record, json::Arena& arena, const PayloadSource& source,
                           ExecutionId execution)
    : arena_(&arena), source_(&source), execution_(execution) {
  store::ValueReader in(record);
  const Header header = read_header(in);
  first_ = header.first;
  std::int64_t time = header.time;
  EventId id = header.id;
  places_.reserve(std::min<std::uint64_t>(header.count, max_events_in_record));
  for (std::uint64_t i = 0; i < header.count && in.ok(); ++i) {
    Place place;
    place.type = static_cast<EventType>(in.u8());
    place.scope = static_cast<ScopeId>(in.varint());
    if (!is_internal(place.type)) place.id = id++;
    place.previous = static_cast<EventId>(in.varint());
    place.time = time += in.signed_varint();
    place.fields = in;
    skip_fields(in, [&](FieldTag tag, std::string_view text) {
      inlines_.push_back({.home = {.serial = first_ + i, .tag = tag}, .text = text});
    });
    places_.push_back(place);
  }
  if (!in.ok() || !in.at_end()) corrupted();
}

Event PackedEvents::event(std::size_t index) {
  const Place& place = places_[index];
  Event event{.type = place.type,
              .scope = place.scope,
              .id = place.id,
              .previous = place.previous,
              .serial = serial(index),
              .at = Timestamp{Duration{place.time}},
              .fields = {}};
  store::ValueReader in = place.fields;
  const std::uint64_t count = in.varint();
  const auto fields = arena_->make_array<Field>(count);
  for (Field& each : fields) each = field(in, event.serial);
  event.fields = fields;
  return event;
}

Field PackedEvents::field(store::ValueReader& in, Serial serial) {
  const auto tag = static_cast<FieldTag>(in.u8());
  if (holds_text(tag)) return {tag, arena_->copy(in.text())};
  if (!holds_payload(tag)) return {tag, in.signed_varint()};
  Home home{.serial = serial, .tag = tag};
  switch (in.u8()) {
    case payload_inline: in.text(); break;
    case payload_elsewhere:
      home.serial = in.varint();
      home.tag = static_cast<FieldTag>(in.u8());
      break;
    default: return {tag, static_cast<const Payload*>(nullptr)};
  }
  return {tag, payload_at(home)};
}

const Payload* PackedEvents::payload_at(Home home) {
  auto place = std::ranges::lower_bound(inlines_, home.serial, {}, [](const Inline& each) { return each.home.serial; });
  while (place != inlines_.end() && place->home.serial == home.serial && place->home != home) ++place;
  if (place == inlines_.end() || place->home != home) {
    const Payload*& payload = elsewhere_[{home.serial, home.tag}];
    if (payload == nullptr) payload = Payload::of_home(*arena_, *source_, execution_, home);
    return payload;
  }
  if (place->made == nullptr) {
    place->made = Payload::of_text(*arena_, place->text);
    place->made->set_home(home);
  }
  return place->made;
}

std::vector<Event> decode_events(std::string_view record, json::Arena& arena, const PayloadSource& source,
                                 ExecutionId execution) {
  PackedEvents packed(record, arena, source, execution);
  std::vector<Event> events;
  events.reserve(packed.size());
  for (std::size_t i = 0; i < packed.size(); ++i) events.push_back(packed.event(i));
  return events;
}

std::optional<std::string_view> PayloadIndex::find(Home home) const {
  auto entry = std::ranges::lower_bound(entries, home.serial, {}, [](const Entry& each) { return each.home.serial; });
  while (entry != entries.end() && entry->home.serial == home.serial && entry->home != home) ++entry;
  return entry == entries.end() || entry->home != home ? std::nullopt : std::optional(entry->text);
}

std::optional<PayloadIndex> index_payloads(std::string_view record) {
  store::ValueReader in(record);
  const Header header = read_header(in);
  PayloadIndex index{.first = header.first, .end = header.first + header.count, .entries = {}};
  for (Serial serial = index.first; serial != index.end && in.ok(); ++serial) {
    in.u8();
    in.varint();
    in.varint();
    in.varint();
    skip_fields(in, [&](FieldTag tag, std::string_view text) {
      index.entries.push_back({.home = {.serial = serial, .tag = tag}, .text = text});
    });
  }
  return in.ok() ? std::optional(std::move(index)) : std::nullopt;
}

}  // namespace stepwell::engine
