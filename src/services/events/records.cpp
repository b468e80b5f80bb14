#include "services/events/records.h"

#include "store/codec.h"

namespace stepwell::events {
namespace {

constexpr std::uint8_t version = 1;

Place read_place(store::KeyReader& key) {
  Place place;
  place.account = key.text();
  place.region = key.text();
  place.name = key.text();
  return place;
}

}  // namespace

std::string encode(std::string_view document) {
  std::string value;
  store::ValueWriter(value).u8(version).text(document);
  return value;
}

std::optional<std::string> decode(std::string_view value) {
  store::ValueReader in(value);
  const bool known = in.u8() == version;
  const std::string_view document = in.text();
  return known && in.ok() && in.at_end() ? std::optional(std::string(document)) : std::nullopt;
}

std::optional<Place> decode_place(std::string_view text) {
  store::KeyReader key(text);
  Place place = read_place(key);
  return key.ok() && key.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

std::optional<RulePlace> decode_rule_place(std::string_view text) {
  store::KeyReader key(text);
  RulePlace place;
  place.bus = read_place(key);
  place.name = key.text();
  return key.ok() && key.at_end() ? std::optional(std::move(place)) : std::nullopt;
}

}  // namespace stepwell::events
