#include "services/events/event.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/events/documents.h"
#include "services/events/errors.h"

#include <cmath>

namespace stepwell::events {
namespace {

constexpr std::size_t max_depth = 500;

std::unexpected<Error> missing(std::string_view name) {
  return fail(errors::make("InvalidArgument",
                           fmt::format("Parameter {0} is not valid. Reason: {0} is a required argument.", name)));
}

Timestamp time_of(const json::Value& entry, Timestamp now) {
  const json::Value* time = entry.find("Time");
  if (time == nullptr || !time->is_number()) return now;
  const double seconds = time->as_double();
  constexpr double latest = 253'402'300'799;  // the year 9999
  return std::abs(seconds) > latest ? now : Timestamp{Duration{std::llround(seconds * 1000)}};
}

}  // namespace

json::Value make_event(json::Arena& arena, const NewEvent& event) {
  return json::ObjectBuilder(arena)
      .add("version", "0")
      .add("id", event.id)
      .add("detail-type", event.detail_type)
      .add("source", event.source)
      .add("account", event.account)
      .add("time", format_rfc3339(std::chrono::floor<std::chrono::seconds>(event.time)).substr(0, 19) + "Z")
      .add("region", event.region)
      .add("resources", event.resources)
      .add("detail", event.detail)
      .build();
}

Result<json::Value> read_entry(json::Arena& arena, const json::Value& entry, const Place& bus, Sender sender,
                               std::string_view id, Timestamp now) {
  for (const std::string_view name : {"Source", "DetailType", "Detail"}) {
    if (text_of(entry, name).empty()) return missing(name);
  }
  const auto detail = json::parse(arena, text_of(entry, "Detail"), {.max_depth = max_depth});
  if (!detail || !detail->is_object()) return fail(errors::make("MalformedDetail", "Detail is malformed."));
  const std::string_view source = text_of(entry, "Source");
  if (sender == Sender::outside && source.starts_with("aws.")) {
    return fail(errors::make("NotAuthorizedForSourceException", "Not authorized for the source."));
  }
  return make_event(arena, {.id = id,
                            .source = source,
                            .detail_type = text_of(entry, "DetailType"),
                            .account = bus.account,
                            .region = bus.region,
                            .time = time_of(entry, now),
                            .resources = json::make_array(arena, elements_of(entry, "Resources")),
                            .detail = *detail});
}

std::size_t size_of(const json::Value& entry) {
  constexpr std::size_t of_time = 14;
  std::size_t bytes = entry.find("Time") != nullptr ? of_time : 0;
  for (const std::string_view name : {"Source", "DetailType", "Detail"}) bytes += text_of(entry, name).size();
  for (const json::Value& resource : elements_of(entry, "Resources")) bytes += resource.as_string().size();
  return bytes;
}

}  // namespace stepwell::events
