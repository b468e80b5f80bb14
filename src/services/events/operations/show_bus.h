#pragma once
// How buses are shown.

#include "services/events/operations/support.h"

namespace stepwell::events {

// The members of EventBus.
inline json::Value show_bus(json::Arena& arena, const Bus& bus) {
  const json::Value document = read(arena, bus.document);
  const json::Value shown = with(arena, pick(arena, document, {"Description", "Policy"}),
                                 {{"Name", json::make_string(arena, bus.place().name)},
                                  {"Arn", json::make_string(arena, arn_of(bus.place(), "event-bus"))},
                                  {"CreationTime", date_of(arena, document, "Created")},
                                  {"LastModifiedTime", date_of(arena, document, "Modified")}});
  return pick(arena, shown, {"Name", "Arn", "Description", "Policy", "CreationTime", "LastModifiedTime"});
}

}  // namespace stepwell::events
