#include "services/apigateway/apis.h"

#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::apigateway {
namespace {

using store::Table;

Error unreadable() { return internal_error("A record of API Gateway cannot be read."); }

Result<std::optional<std::string>> document_of(Result<std::optional<std::string>> value) {
  if (!value || !*value) return value;
  auto document = decode_document(**value);
  if (!document) return fail(unreadable());
  return document;
}

void erase_prefix(store::Batch& batch, Table table, const std::string& prefix) {
  batch.erase_range(table, prefix, store::prefix_end(prefix));
}

}  // namespace

Result<std::optional<Api>> Apis::find(std::string_view id) const {
  const std::string key = api_key(id);
  TRY_ASSIGN(const auto value, store_.get(Table::http_api, key));
  if (!value) return std::nullopt;
  auto api = decode_api(key, *value);
  if (!api) return fail(unreadable());
  return api;
}

Result<std::vector<Api>> Apis::list(std::string_view account, std::string_view region, std::string_view after,
                                    std::size_t limit) const {
  const std::string prefix = owned_prefix(account, region);
  const std::string from = after.empty() ? prefix : owned_key(account, region, after) + '\0';
  const auto cursor = store_.scan(Table::owned_http_api, from, store::prefix_end(prefix), store::Direction::forward);
  std::vector<Api> apis;
  for (; cursor->valid() && apis.size() < limit; cursor->next()) {
    const auto id = decode_owned(cursor->key());
    if (!id) return fail(unreadable());
    TRY_ASSIGN(auto api, find(*id));
    if (api) apis.push_back(std::move(*api));
  }
  TRY(cursor->status());
  return apis;
}

Result<std::optional<std::string>> Apis::part(std::string_view api, Kind kind, std::string_view id) const {
  return document_of(store_.get(Table::http_api_part, part_key(api, kind, id)));
}

Result<Parts> Apis::parts(std::string_view api) const {
  const std::string prefix = parts_prefix(api);
  const auto cursor = store_.scan(Table::http_api_part, prefix, store::prefix_end(prefix), store::Direction::forward);
  Parts parts;
  for (; cursor->valid(); cursor->next()) {
    auto place = decode_part_place(cursor->key());
    auto document = decode_document(cursor->value());
    if (!place || !document) return fail(unreadable());
    parts.emplace(std::pair(place->kind, std::move(place->id)), std::move(*document));
  }
  TRY(cursor->status());
  return parts;
}

Result<std::optional<std::string>> Apis::snapshot(std::string_view api, std::string_view deployment) const {
  return document_of(store_.get(Table::http_api_snapshot, snapshot_key(api, deployment)));
}

void Apis::put(const Api& api, store::Batch& batch) {
  batch.put(Table::http_api, api_key(api.id), encode(api));
  batch.put(Table::owned_http_api, owned_key(api.account, api.region, api.id), {});
}

void Apis::erase(const Api& api, store::Batch& batch) {
  batch.erase(Table::http_api, api_key(api.id));
  batch.erase(Table::owned_http_api, owned_key(api.account, api.region, api.id));
  erase_prefix(batch, Table::http_api_part, parts_prefix(api.id));
  erase_prefix(batch, Table::http_api_snapshot, snapshots_prefix(api.id));
}

Task<Result<void>> Apis::commit(std::string api, store::Batch batch) {
  auto done = co_await store::commit(store_, scheduler_, std::move(batch));
  if (done) changed_(api);
  co_return done;
}

}  // namespace stepwell::apigateway
