#pragma once
// Events as they travel: {"version": "0", "id": …, "detail-type": …, "source": …, "account": …, "time": …, "region": …,
// "resources": […], "detail": {…}}.

#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/events/place.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::events {

struct NewEvent {
  std::string_view id, source, detail_type, account, region;
  Timestamp time{};
  json::Value resources, detail;
};
json::Value make_event(json::Arena& arena, const NewEvent& event);

// Whether those who send an event may say that it comes from AWS: only the server itself does.
enum class Sender : std::uint8_t { outside, server };

// The event of an entry of PutEvents. Errors, as the answer tells them of the entry: "InvalidArgument",
// "MalformedDetail", "NotAuthorizedForSourceException".
Result<json::Value> read_entry(json::Arena& arena, const json::Value& entry, const Place& bus, Sender sender,
                               std::string_view id, Timestamp now);
// What AWS counts of an entry towards the limit of a call.
std::size_t size_of(const json::Value& entry);
inline constexpr std::size_t max_entries_bytes = 256U << 10U;

}  // namespace stepwell::events
