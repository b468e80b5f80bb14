#include "services/apigateway/operations/support.h"

#include "crypto/hash.h"

#include <algorithm>
#include <charconv>

namespace stepwell::apigateway {
namespace {

constexpr std::size_t usual_page = 100;
constexpr std::size_t largest_page = 500;

bool is_empty(const json::Value& value) {
  return value.is_null() || (value.is_string() && value.as_string().empty()) ||
         (value.is_object() && value.size() == 0);
}

json::Value merged(json::Arena& arena, const json::Value& before, const json::Value& changes) {
  std::vector<json::Member> members;
  for (const json::Member& change : changes.members()) {
    members.push_back({change.key, is_empty(change.value) ? json::Value() : change.value});
  }
  return with(arena, before, members);
}

}  // namespace

KindNames names_of(Kind kind) {
  switch (kind) {
    case Kind::authorizer: return {"authorizerId", "Authorizer"};
    case Kind::deployment: return {"deploymentId", "Deployment"};
    case Kind::integration: return {"integrationId", "Integration"};
    case Kind::route: return {"routeId", "Route"};
    case Kind::stage: return {"stageName", "stage"};
  }
  return {};
}

Result<Api> find_api(const Gateway& gateway, const wire::Call& call) {
  TRY_ASSIGN(auto api, gateway.apis.find(call.text("apiId")));
  if (!api || api->account != call.caller.account || api->region != call.caller.region) {
    return fail(errors::api_not_found(call.caller.account, call.text("apiId")));
  }
  return std::move(*api);
}

Result<Draft> find_draft(const Gateway& gateway, const wire::Call& call) {
  TRY_ASSIGN(auto api, find_api(gateway, call));
  return Draft::load(gateway.draft_ports(), std::move(api));
}

Error part_not_found(Kind kind, std::string_view id) {
  return errors::not_found(fmt::format("Invalid {} identifier specified {}", names_of(kind).error, id));
}

json::Value read(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse_copy(arena, document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

bool flag_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_boolean() && value->as_boolean();
}

json::Value given(const wire::Call& call, json::Arena& arena) {
  std::vector<std::string_view> names;
  for (const wire::ShapeMember& member : call.operation->input->members) {
    if (member.location == wire::Location::body) names.push_back(member.name);
  }
  return json::pick(arena, call.input, names);
}

json::Value shown(wire::Call& call, const json::Value& document) {
  std::vector<std::string_view> names;
  for (const wire::ShapeMember& member : call.operation->output->members) names.push_back(member.name);
  return json::pick(call.arena, document, names);
}

json::Value updated(wire::Call& call, const json::Value& document, std::initializer_list<std::string_view> maps) {
  std::vector<json::Member> changes;
  const json::Value input = given(call, call.arena);
  for (const json::Member& member : input.members()) {
    const bool is_map = std::ranges::find(maps, member.key) != maps.end();
    changes.push_back(
        {member.key, is_map ? merged(call.arena, object_of(document, member.key), member.value) : member.value});
  }
  return with(call.arena, document, changes);
}

json::Value with_defaults(json::Arena& arena, const json::Value& document,
                          std::initializer_list<json::Member> members) {
  std::vector<json::Member> missing;
  for (const json::Member& member : members) {
    if (document.find(member.key) == nullptr) missing.push_back(member);
  }
  return with(arena, document, missing);
}

Result<void> refuse_members(const wire::Call& call, std::initializer_list<std::string_view> members) {
  for (const std::string_view member : members) {
    if (call.has(member)) {
      return fail(errors::bad_request(fmt::format("{} is not supported for HTTP APIs", member)));
    }
  }
  return {};
}

Task<Result<wire::Reply>> get_part(Gateway& gateway, wire::Call& call, Kind kind) {
  CO_TRY_ASSIGN(const Api api, find_api(gateway, call));
  const std::string_view id = call.text(names_of(kind).id_member);
  CO_TRY_ASSIGN(const auto document, gateway.apis.part(api.id, kind, id));
  if (!document) co_return fail(part_not_found(kind, id));
  co_return reply_with(shown(call, read(call.arena, *document)));
}

Task<Result<wire::Reply>> list_parts(Gateway& gateway, wire::Call& call, Kind kind) {
  CO_TRY_ASSIGN(const Api api, find_api(gateway, call));
  CO_TRY_ASSIGN(const Page page, read_page(call));
  CO_TRY_ASSIGN(const Parts parts, gateway.apis.parts(api.id));
  std::vector<json::Value> items;
  json::ObjectBuilder output(call.arena);
  std::string_view last;
  for (const auto& [place, document] : parts) {
    if (place.first != kind || place.second <= page.after) continue;
    if (items.size() == page.limit) {
      output.add("nextToken", token_of(last));
      break;
    }
    items.push_back(read(call.arena, document));
    last = place.second;
  }
  co_return reply_with(output.add("items", json::make_array(call.arena, items)).build());
}

Result<Page> read_page(const wire::Call& call) {
  Page page{.limit = usual_page, .after = {}};
  const std::string_view text = call.text("maxResults");
  if (!text.empty()) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), page.limit);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size() || page.limit == 0) {
      return fail(errors::bad_request("Invalid maxResults parameter specified"));
    }
    page.limit = std::min(page.limit, largest_page);
  }
  auto after = crypto::base64url_decode(call.text("nextToken"));
  if (!after) return fail(errors::bad_request("Invalid nextToken parameter specified"));
  page.after = std::move(*after);
  return page;
}

std::string token_of(std::string_view last) { return crypto::base64url_encode(last); }

Task<Result<void>> save(Draft& draft) {
  draft.deploy_automatically();
  co_return co_await draft.commit();
}

}  // namespace stepwell::apigateway
