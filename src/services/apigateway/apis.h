#pragma once
// APIs in the store: finding, listing and committing. Nothing of them is kept in memory here; what is served is
// compiled and remembered by serving/stages.h, which is told of every change.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/apigateway/records.h"
#include "store/store.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::apigateway {

// Documents by kind and id.
using Parts = std::map<std::pair<Kind, std::string>, std::string>;

class Apis {
 public:
  Apis(store::Store& store, Scheduler& scheduler) : store_(store), scheduler_(scheduler) {}

  // Held while something is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }
  // Is called with the id of an API when a change of it is durable.
  void on_change(std::function<void(std::string_view api)> changed) { changed_ = std::move(changed); }

  Result<std::optional<Api>> find(std::string_view id) const;
  // In the order of their ids, behind `after` (empty: from the beginning).
  Result<std::vector<Api>> list(std::string_view account, std::string_view region, std::string_view after,
                                std::size_t limit) const;
  Result<std::optional<std::string>> part(std::string_view api, Kind kind, std::string_view id) const;
  Result<Parts> parts(std::string_view api) const;
  Result<std::optional<std::string>> snapshot(std::string_view api, std::string_view deployment) const;

  static void put(const Api& api, store::Batch& batch);
  // With all that it has.
  static void erase(const Api& api, store::Batch& batch);
  Task<Result<void>> commit(std::string api, store::Batch batch);

 private:
  store::Store& store_;
  Scheduler& scheduler_;
  AsyncMutex changes_;
  std::function<void(std::string_view)> changed_ = [](std::string_view) {};
};

}  // namespace stepwell::apigateway
