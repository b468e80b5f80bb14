#include "services/apigateway/serving/stages.h"

#include "lang/json/documents.h"
#include "lang/json/parse.h"

namespace stepwell::apigateway {

Result<std::shared_ptr<const ServedApi>> Stages::find(std::string_view api) {
  std::string id(api);
  if (const auto known = known_.find(id); known != known_.end()) return known->second;
  TRY_ASSIGN(auto loaded, load(api));
  if (!loaded) return loaded;
  if (known_.size() >= max_known) known_.clear();
  known_.emplace(std::move(id), loaded);
  return loaded;
}

void Stages::forget(std::string_view api) { known_.erase(std::string(api)); }

Result<std::shared_ptr<const ServedApi>> Stages::load(std::string_view id) const {
  TRY_ASSIGN(const auto api, apis_.find(id));
  if (!api) return nullptr;
  auto served = std::make_shared<ServedApi>();
  served->account = api->account;
  served->region = api->region;
  json::Arena arena;
  if (const auto document = json::parse(arena, api->document)) {
    const json::Value* closed = document->find("disableExecuteApiEndpoint");
    served->is_closed = closed != nullptr && closed->is_boolean() && closed->as_boolean();
  }
  TRY_ASSIGN(const Parts parts, apis_.parts(id));
  for (const auto& [place, text] : parts) {
    if (place.first != Kind::stage) continue;
    const auto stage = json::parse(arena, text);
    const std::string_view deployment = stage ? json::text_of(*stage, "deploymentId") : std::string_view{};
    if (deployment.empty()) continue;
    TRY_ASSIGN(const auto snapshot, apis_.snapshot(id, deployment));
    if (snapshot) served->stages.emplace(place.second, compile_stage(*api, text, *snapshot));
  }
  return served;
}

}  // namespace stepwell::apigateway
