#include "services/apigateway/records.h"

#include "store/codec.h"

namespace stepwell::apigateway {
namespace {

constexpr std::uint8_t version = 1;

bool is_kind(std::uint8_t number) {
  return number >= static_cast<std::uint8_t>(Kind::authorizer) && number <= static_cast<std::uint8_t>(Kind::stage);
}

}  // namespace

std::string api_key(std::string_view id) { return store::KeyWriter().text(id).take(); }

std::string encode(const Api& api) {
  std::string value;
  store::ValueWriter(value).u8(version).text(api.account).text(api.region).text(api.document);
  return value;
}

std::optional<Api> decode_api(std::string_view key, std::string_view value) {
  store::KeyReader name(key);
  store::ValueReader in(value);
  Api api{.id = name.text(), .account = {}, .region = {}, .document = {}};
  const bool known = in.u8() == version;
  api.account = in.text();
  api.region = in.text();
  api.document = in.text();
  const bool whole = name.ok() && name.at_end() && in.ok() && in.at_end();
  return known && whole ? std::optional(std::move(api)) : std::nullopt;
}

std::string owned_key(std::string_view account, std::string_view region, std::string_view id) {
  return store::KeyWriter().text(account).text(region).text(id).take();
}
std::string owned_prefix(std::string_view account, std::string_view region) {
  return store::KeyWriter().text(account).text(region).take();
}
std::optional<std::string> decode_owned(std::string_view key) {
  store::KeyReader in(key);
  in.text();
  in.text();
  std::string id = in.text();
  return in.ok() && in.at_end() ? std::optional(std::move(id)) : std::nullopt;
}

std::string part_key(std::string_view api, Kind kind, std::string_view id) {
  return store::KeyWriter().text(api).u8(static_cast<std::uint8_t>(kind)).text(id).take();
}
std::string parts_prefix(std::string_view api) { return store::KeyWriter().text(api).take(); }

std::optional<PartPlace> decode_part_place(std::string_view key) {
  store::KeyReader in(key);
  PartPlace place;
  place.api = in.text();
  const std::uint8_t kind = in.u8();
  place.id = in.text();
  if (!in.ok() || !in.at_end() || !is_kind(kind)) return std::nullopt;
  place.kind = static_cast<Kind>(kind);
  return place;
}

std::string snapshot_key(std::string_view api, std::string_view deployment) {
  return store::KeyWriter().text(api).text(deployment).take();
}
std::string snapshots_prefix(std::string_view api) { return store::KeyWriter().text(api).take(); }

std::string encode_document(std::string_view document) {
  std::string value;
  store::ValueWriter(value).u8(version).text(document);
  return value;
}

std::optional<std::string> decode_document(std::string_view value) {
  store::ValueReader in(value);
  const bool known = in.u8() == version;
  const std::string_view document = in.text();
  return known && in.ok() && in.at_end() ? std::optional(std::string(document)) : std::nullopt;
}

}  // namespace stepwell::apigateway
