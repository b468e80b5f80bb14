#pragma once
// Clusters, task definitions and tasks in the store. What is shown of them is read from there, so nobody is told what a
// crash could take back.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/ecs/records.h"
#include "store/store.h"

#include <functional>
#include <optional>
#include <string_view>

namespace stepwell::ecs {

class Book {
 public:
  Book(store::Store& store, Scheduler& scheduler) : store_(store), scheduler_(scheduler) {}

  // Held while something is looked for and made or changed, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  Result<std::optional<Cluster>> find_cluster(const ClusterPlace& place) const;
  // The calls `visit` below go on while it returns true, from behind the key `after` (empty: from the beginning).
  Result<void> visit_clusters(const Home& home, std::string_view after,
                              const std::function<bool(const Cluster&)>& visit) const;

  // Revision 0: the newest one that is active.
  Result<std::optional<Definition>> find_definition(const DefinitionPlace& place) const;
  // The newest one, whatever its status; 0: there is none.
  Result<std::uint32_t> last_revision(const DefinitionPlace& place) const;
  Result<void> visit_definitions(const Home& home, std::string_view after, store::Direction direction,
                                 const std::function<bool(const Definition&)>& visit) const;

  Result<std::optional<TaskRecord>> find_task(const Home& home, std::string_view id) const;
  Result<void> visit_tasks(const Home& home, std::string_view after,
                           const std::function<bool(const TaskRecord&)>& visit) const;
  // Of everybody.
  Result<void> visit_all_tasks(const std::function<void(TaskRecord)>& visit) const;

  Result<std::optional<Token>> find_token(const ClusterPlace& cluster, std::string_view token) const;

  static void put(const Cluster& cluster, store::Batch& batch);
  static void put(const Definition& definition, store::Batch& batch);
  static void put(const TaskRecord& task, store::Batch& batch);
  Task<Result<void>> commit(store::Batch batch);

  // Takes away what is due to be forgotten.
  Task<Result<void>> forget(Timestamp now);

 private:
  store::Store& store_;
  Scheduler& scheduler_;
  AsyncMutex changes_;
};

}  // namespace stepwell::ecs
