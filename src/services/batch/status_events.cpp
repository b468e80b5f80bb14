#include "services/batch/status_events.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/print.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::batch {
namespace {

constexpr std::string_view service = "events";
constexpr std::string_view source = "aws.batch";
constexpr std::size_t most_entries = 10;  // of one PutEvents

wire::Caller caller_of(std::string_view queue_arn) {
  const auto arn = wire::Arn::parse(queue_arn);
  return {.account = std::string(arn->account), .region = std::string(arn->region), .access_key = {}, .request_id = {}};
}

json::Value entry(json::Arena& arena, Timestamp time, const json::Value& detail) {
  const json::Value resource = json::Value::string(text_of(detail, "jobArn"));
  return json::ObjectBuilder(arena)
      .add("Time", wire::epoch_seconds(arena, time.time_since_epoch().count()))
      .add("Source", source)
      .add("Resources", json::make_array(arena, {&resource, 1}))
      .add("DetailType", "Batch Job State Change")
      .add("Detail", json::print(detail))
      .build();
}

}  // namespace

bool StatusEvents::are_awaited(std::string_view queue_arn) const {
  const directory::Service* bus = directory_.find(service);
  return bus != nullptr && bus->awaits_events(caller_of(queue_arn), source);
}

void StatusEvents::fold(std::string_view queue_arn, Timestamp time, json::Arena& arena,
                        std::span<const json::Value> details, store::Batch& batch) const {
  while (!details.empty()) {
    const auto some = details.first(std::min(details.size(), most_entries));
    details = details.subspan(some.size());
    std::vector<json::Value> entries;
    for (const json::Value& detail : some) entries.push_back(entry(arena, time, detail));
    wire::Call call;
    call.caller = caller_of(queue_arn);
    call.input = json::ObjectBuilder(call.arena).add("Entries", json::make_array(call.arena, entries)).build();
    const auto folded = directory_.fold(service, "PutEvents", call, batch);
    // A bus elsewhere cannot be part of a commit; it has no business with what happens here either.
    if (!folded && folded.error().code == directory::not_foldable) return;
    if (!folded)
      log_.warning(fmt::format("Jobs of {} are not told to EventBridge: {}", queue_arn, folded.error().message));
  }
}

}  // namespace stepwell::batch
