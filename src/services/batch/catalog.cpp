#include "services/batch/catalog.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"
#include "store/codec.h"
#include "store/commit.h"

namespace stepwell::batch {

json::Value read_document(json::Arena& arena, std::string_view document) {
  const auto parsed = json::parse_copy(arena, document);
  return parsed ? *parsed : json::ObjectBuilder(arena).build();
}

Result<std::optional<json::Value>> Catalog::find(json::Arena& arena, const Place& place) const {
  TRY_ASSIGN(const auto value, store_.get(table_of(place.kind), key_of(place)));
  if (!value) return std::nullopt;
  return read_document(arena, *value);
}

Result<void> Catalog::visit(Kind kind, std::string_view from, std::string_view to, store::Direction direction,
                            const std::function<bool(const Place&, std::string_view)>& visit) const {
  const auto cursor = store_.scan(table_of(kind), from, to, direction);
  for (; cursor->valid(); cursor->next()) {
    const auto place = read_place(kind, cursor->key());
    if (!place) return fail(internal_error("A record of AWS Batch cannot be read."));
    if (!visit(*place, cursor->value())) return {};
  }
  return cursor->status();
}

Result<std::size_t> Catalog::count(Kind kind, std::string_view account, std::string_view region) const {
  const std::string prefix = places_prefix(account, region);
  std::size_t count = 0;
  TRY(visit(kind, prefix, store::prefix_end(prefix), store::Direction::forward, [&count](const Place&, auto) {
    ++count;
    return true;
  }));
  return count;
}

void Catalog::put(const Place& place, const json::Value& document, store::Batch& batch) {
  batch.put(table_of(place.kind), key_of(place), json::print(document));
}

Task<Result<void>> Catalog::save(Place place, json::Value document) {
  store::Batch batch;
  put(place, document, batch);
  co_return co_await commit(std::move(batch));
}

Task<Result<void>> Catalog::commit(store::Batch batch) {
  co_return co_await store::commit(store_, scheduler_, std::move(batch));
}

Task<Result<void>> Catalog::remove(Place place) {
  store::Batch batch;
  batch.erase(table_of(place.kind), key_of(place));
  co_return co_await commit(std::move(batch));
}

}  // namespace stepwell::batch
