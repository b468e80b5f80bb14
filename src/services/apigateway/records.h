#pragma once
// What is kept of an API. Documents are JSON objects with AWS's own names for their members, as the operations show
// them: {"routeKey": "GET /pets", "target": "integrations/abc1234", …}.
//
// An API has parts (routes, integrations, …), each with an id of its own; a stage's id is its name. A deployment has a
// snapshot of the parts as they were: what a stage that points to it serves.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

struct Api {
  std::string id, account, region;
  std::string document;
};
std::string api_key(std::string_view id);
std::string encode(const Api& api);
std::optional<Api> decode_api(std::string_view key, std::string_view value);

// The APIs of an account in a region, in the order of their ids.
std::string owned_key(std::string_view account, std::string_view region, std::string_view id);
std::string owned_prefix(std::string_view account, std::string_view region);
std::optional<std::string> decode_owned(std::string_view key);  // the id

enum class Kind : std::uint8_t { authorizer = 1, deployment = 2, integration = 3, route = 4, stage = 5 };

std::string part_key(std::string_view api, Kind kind, std::string_view id);
std::string parts_prefix(std::string_view api);
struct PartPlace {
  std::string api;
  Kind kind{};
  std::string id;
};
std::optional<PartPlace> decode_part_place(std::string_view key);

std::string snapshot_key(std::string_view api, std::string_view deployment);
std::string snapshots_prefix(std::string_view api);

// The value of a part or a snapshot.
std::string encode_document(std::string_view document);
std::optional<std::string> decode_document(std::string_view value);

}  // namespace stepwell::apigateway
