#include "services/events/place.h"

#include "store/codec.h"
#include "wire/arn.h"

#include <fmt/format.h>

namespace stepwell::events {

std::string key_of(const Place& place) {
  return store::KeyWriter().text(place.account).text(place.region).text(place.name).take();
}

std::string arn_of(const Place& place, std::string_view kind) {
  return fmt::format("arn:aws:events:{}:{}:{}/{}", place.region, place.account, kind, place.name);
}

Place bus_place(const wire::Caller& caller, std::string_view name_or_arn) {
  if (name_or_arn.empty()) return place_of(caller, default_bus);
  if (auto named = parse_arn(name_or_arn); named && named->kind == "event-bus") return std::move(named->place);
  return place_of(caller, name_or_arn);
}

std::string RulePlace::arn() const {
  Place named = bus;
  named.name = bus.name == default_bus ? name : fmt::format("{}/{}", bus.name, name);
  return arn_of(named, "rule");
}

std::string key_of(const RulePlace& place) {
  return store::KeyWriter().text(place.bus.account).text(place.bus.region).text(place.bus.name).text(place.name).take();
}

std::optional<Named> parse_arn(std::string_view text) {
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "events") return std::nullopt;
  const std::size_t slash = arn->resource.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return Named{.kind = arn->resource.substr(0, slash),
               .place = {.account = std::string(arn->account),
                         .region = std::string(arn->region),
                         .name = std::string(arn->resource.substr(slash + 1))}};
}

RulePlace rule_place(const Place& named) {
  RulePlace place{.bus = named, .name = named.name};
  const std::size_t slash = named.name.rfind('/');
  place.bus.name = slash == std::string::npos ? std::string(default_bus) : named.name.substr(0, slash);
  if (slash != std::string::npos) place.name = named.name.substr(slash + 1);
  return place;
}

}  // namespace stepwell::events
