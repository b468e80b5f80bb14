#include "services/apigateway/operations/tags.h"

#include "wire/arn.h"

namespace stepwell::apigateway {

std::optional<Tagged> parse_tagged(std::string_view text) {
  constexpr std::string_view apis = "/apis/";
  constexpr std::string_view stages = "/stages/";
  const auto arn = wire::Arn::parse(text);
  if (!arn || arn->service != "apigateway" || !arn->resource.starts_with(apis)) return std::nullopt;
  const std::string_view rest = arn->resource.substr(apis.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  Tagged tagged{.api = std::string(rest.substr(0, slash)), .stage = {}};
  if (slash == rest.size()) return tagged;
  if (!rest.substr(slash).starts_with(stages)) return std::nullopt;
  tagged.stage = rest.substr(slash + stages.size());
  return tagged.stage.empty() ? std::nullopt : std::optional(std::move(tagged));
}

Result<TaggedDocument> find_tagged(const Gateway& gateway, wire::Call& call) {
  const auto place = parse_tagged(call.text("resourceArn"));
  if (!place) return fail(errors::bad_request("Invalid resource ARN specified in the request"));
  TRY_ASSIGN(auto api, gateway.apis.find(place->api));
  if (!api || api->account != call.caller.account || api->region != call.caller.region) {
    return fail(errors::api_not_found(call.caller.account, place->api));
  }
  TaggedDocument found{.api = std::move(*api), .stage = place->stage, .document = {}};
  found.document = read(call.arena, found.api.document);
  if (found.stage.empty()) return found;
  TRY_ASSIGN(const auto stage, gateway.apis.part(found.api.id, Kind::stage, found.stage));
  if (!stage) return fail(part_not_found(Kind::stage, found.stage));
  found.document = read(call.arena, *stage);
  return found;
}

Task<Result<void>> save_tags(Gateway& gateway, wire::Call& call, TaggedDocument tagged, json::Value tags) {
  constexpr std::size_t max_tags = 50;
  if (tags.size() > max_tags) co_return fail(errors::bad_request("A resource cannot have more than 50 tags"));
  std::string document = json::print(with(call.arena, tagged.document, {{"tags", tags}}));
  Draft draft(gateway.draft_ports(), std::move(tagged.api));
  if (tagged.stage.empty()) {
    draft.put_api(std::move(document));
  } else {
    draft.put(Kind::stage, tagged.stage, std::move(document));
  }
  co_return co_await draft.commit();
}

}  // namespace stepwell::apigateway
