#include "services/apigateway/draft.h"

#include "lang/json/build.h"
#include "lang/json/documents.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

using json::object_of;
using store::Table;

constexpr std::size_t id_length = 6;

json::Value read(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse(arena, document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

bool flag_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value != nullptr && value->is_boolean() && value->as_boolean();
}

}  // namespace

Result<Draft> Draft::load(const Ports& ports, Api api) {
  Draft draft(ports, std::move(api));
  TRY_ASSIGN(draft.parts_, ports.apis.parts(draft.api_.id));
  return draft;
}

const std::string* Draft::find(Kind kind, std::string_view id) const {
  const auto found = parts_.find({kind, std::string(id)});
  return found == parts_.end() ? nullptr : &found->second;
}

std::size_t Draft::count(Kind kind) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(parts_, [kind](const auto& part) { return part.first.first == kind; }));
}

void Draft::put_api(std::string document) {
  api_.document = std::move(document);
  Apis::put(api_, batch_);
}

void Draft::put(Kind kind, std::string_view id, std::string document) {
  batch_.put(Table::http_api_part, part_key(api_.id, kind, id), encode_document(document));
  parts_.insert_or_assign({kind, std::string(id)}, std::move(document));
}

void Draft::erase(Kind kind, std::string_view id) {
  batch_.erase(Table::http_api_part, part_key(api_.id, kind, id));
  if (kind == Kind::deployment) batch_.erase(Table::http_api_snapshot, snapshot_key(api_.id, id));
  parts_.erase({kind, std::string(id)});
}

std::string Draft::deploy(std::string_view description, bool automatic) {
  std::string id = new_id(id_length);
  json::Arena arena;
  json::ObjectBuilder document(arena);
  document.add("autoDeployed", automatic)
      .add("createdDate", now())
      .add("deploymentId", id)
      .add("deploymentStatus", "DEPLOYED");
  if (!description.empty()) document.add("description", description);
  put(Kind::deployment, id, json::print(document.build()));
  batch_.put(Table::http_api_snapshot, snapshot_key(api_.id, id), encode_document(snapshot()));
  return id;
}

void Draft::deploy_automatically() {
  json::Arena arena;
  std::string deployment;
  for (auto& [place, document] : Parts(parts_)) {
    if (place.first != Kind::stage) continue;
    const json::Value stage = read(arena, document);
    if (!flag_of(stage, "autoDeploy")) continue;
    if (deployment.empty()) {
      deployment = deploy("Automatic deployment triggered by changes to the Api configuration", true);
    }
    const std::string message = fmt::format("Successfully deployed stage with deployment ID '{}'", deployment);
    const json::Value deployed = json::with(arena, stage,
                                            {{"deploymentId", json::make_string(arena, deployment)},
                                             {"lastDeploymentStatusMessage", json::make_string(arena, message)},
                                             {"lastUpdatedDate", json::make_string(arena, now())}});
    put(Kind::stage, place.second, json::print(deployed));
  }
  if (!deployment.empty()) forget_automatic(deployment);
}

void Draft::forget_automatic(std::string_view but) {
  json::Arena arena;
  std::vector<std::string_view> needed{but};
  for (const auto& [place, document] : parts_) {
    if (place.first == Kind::stage) needed.push_back(json::text_of(read(arena, document), "deploymentId"));
  }
  std::vector<std::string> gone;
  for (const auto& [place, document] : parts_) {
    if (place.first != Kind::deployment || std::ranges::find(needed, place.second) != needed.end()) continue;
    if (flag_of(read(arena, document), "autoDeployed")) gone.push_back(place.second);
  }
  for (const std::string& id : gone) erase(Kind::deployment, id);
}

// {"corsConfiguration": {…}, "authorizers": […], "integrations": […], "routes": […]}
std::string Draft::snapshot() const {
  struct List {
    Kind kind;
    std::string_view name;
  };
  static constexpr auto lists = std::to_array<List>(
      {{Kind::authorizer, "authorizers"}, {Kind::integration, "integrations"}, {Kind::route, "routes"}});
  json::Arena arena;
  json::ObjectBuilder snapshot(arena);
  const json::Value api = read(arena, api_.document);
  if (const json::Value* cors = api.find("corsConfiguration")) snapshot.add("corsConfiguration", *cors);
  for (const List& list : lists) {
    std::vector<json::Value> documents;
    for (const auto& [place, document] : parts_) {
      if (place.first == list.kind) documents.push_back(read(arena, document));
    }
    snapshot.add(list.name, json::make_array(arena, documents));
  }
  return json::print(snapshot.build());
}

std::string Draft::new_id(std::size_t length) const {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string id;
  for (std::size_t i = 0; i < length; ++i) {
    id += letters[ports_.random.next() % (i == 0 ? 26 : letters.size())];
  }
  return id;
}

std::string Draft::now() const {
  return format_rfc3339(std::chrono::floor<std::chrono::seconds>(ports_.clock.now())).substr(0, 19) + "Z";
}

}  // namespace stepwell::apigateway
