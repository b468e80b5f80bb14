#pragma once
// The packed form of a run of events: one value of the table `event`. A payload is written in full by the first event
// that holds it (and learns its home there); later events write a reference.
//
//   version, number of events, first serial, first time; per event: type, scope, id − previous id of the run, previous,
//   time delta, number of fields, fields. Field: tag, then text (length, bytes) | number (zigzag) | 0 payload bytes | 1
//   home of the payload.

#include "engine/event.h"
#include "engine/execution.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::engine {

// How many of `events` go into the next record: bounded in number and bytes, so that a page of history reads little.
std::size_t next_run(std::span<const Event> events, json::Arena& arena);

std::string encode_events(std::span<const Event> events, json::Arena& arena);

// Events in `arena`; payloads elsewhere are fetched from `source` at their first use. Throws StorageLost on a value
// that is no such record.
std::vector<Event> decode_events(std::string_view record, json::Arena& arena, const PayloadSource& source,
                                 ExecutionId execution);

}  // namespace stepwell::engine
