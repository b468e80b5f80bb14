#pragma once
// The packed form of a run of events: one value of the table `event`. A payload is written in full by the first event
// that holds it (and learns its home there); later events write a reference.
//
//   version, number of events, first serial, first time; per event: type, scope, id − previous id of the run, previous,
//   time delta, number of fields, fields. Field: tag, then text (length, bytes) | number (zigzag) | 0 payload bytes | 1
//   home of the payload.

#include "engine/event.h"
#include "engine/execution.h"
#include "store/codec.h"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::engine {

// How many of `events` go into the next record: bounded in number and bytes, so that a page of history reads little.
std::size_t next_run(std::span<const Event> events, json::Arena& arena);

std::string encode_events(std::span<const Event> events, json::Arena& arena);

// A record whose events are made one at a time, in `arena`: who wants a few does not pay for all. Payloads elsewhere
// are fetched from `source` at their first use. Throws StorageLost on a value that is no such record, which has to
// outlive it.
class PackedEvents {
 public:
  PackedEvents(std::string_view record, json::Arena& arena, const PayloadSource& source, ExecutionId execution);

  std::size_t size() const { return places_.size(); }
  Serial serial(std::size_t index) const { return first_ + index; }
  bool is_shown(std::size_t index) const { return places_[index].id != 0; }
  Event event(std::size_t index);

 private:
  struct Place {
    EventType type{};
    ScopeId scope = top_scope;
    EventId id = 0;
    EventId previous = 0;
    std::int64_t time = 0;
    store::ValueReader fields{{}};  // stands at the first
  };
  struct Inline {
    Home home;
    std::string_view text;
    const Payload* made = nullptr;
  };
  Field field(store::ValueReader& in, Serial serial);
  const Payload* payload_at(Home home);

  json::Arena* arena_;
  const PayloadSource* source_;
  ExecutionId execution_;
  Serial first_ = 0;
  std::vector<Place> places_;
  std::vector<Inline> inlines_;  // by serial
  std::map<std::pair<Serial, FieldTag>, const Payload*> elsewhere_;
};

// All of them.
std::vector<Event> decode_events(std::string_view record, json::Arena& arena, const PayloadSource& source,
                                 ExecutionId execution);

// Where the payloads are whose homes are in a record, which has to outlive it.
struct PayloadIndex {
  struct Entry {
    Home home;
    std::string_view text;
  };
  Serial first = 0, end = 0;   // of the record's events: up to, but not including `end`
  std::vector<Entry> entries;  // by serial

  std::optional<std::string_view> find(Home home) const;
};
// nullopt: it is no such record.
std::optional<PayloadIndex> index_payloads(std::string_view record);

}  // namespace stepwell::engine
