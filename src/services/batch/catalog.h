#pragma once
// Compute environments, job queues and job definitions in the store: each a JSON object with AWS's own names for its
// members, as the operations show it. Nothing of them is kept in memory.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "lang/json/value.h"
#include "services/batch/place.h"
#include "store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::batch {

class Catalog {
 public:
  Catalog(store::Store& store, Scheduler& scheduler) : store_(store), scheduler_(scheduler) {}

  // Held while something is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  // In the arena; nullopt: there is no such thing.
  Result<std::optional<json::Value>> find(json::Arena& arena, const Place& place) const;
  // Calls `visit` with each in [from, to) of the keys; it returns false to end that.
  Result<void> visit(Kind kind, std::string_view from, std::string_view to, store::Direction direction,
                     const std::function<bool(const Place&, std::string_view document)>& visit) const;
  Result<std::size_t> count(Kind kind, std::string_view account, std::string_view region) const;

  static void put(const Place& place, const json::Value& document, store::Batch& batch);
  Task<Result<void>> save(Place place, json::Value document);
  Task<Result<void>> commit(store::Batch batch);
  Task<Result<void>> remove(Place place);

 private:
  store::Store& store_;
  Scheduler& scheduler_;
  AsyncMutex changes_;
};

// A document, which has been valid when it was written.
json::Value read_document(json::Arena& arena, std::string_view document);

}  // namespace stepwell::batch
