#pragma once
// Schedules, their groups and their timers in the store. Nothing of them is kept in memory: there may be a million.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "services/scheduler/records.h"
#include "store/store.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::scheduler {

struct Group {
  GroupPlace place;
  std::string document;
};

class Book {
 public:
  static constexpr std::size_t max_groups = 500;

  Book(store::Store& store, Scheduler& scheduler) : store_(store), scheduler_(scheduler) {}

  // Held while something is looked for and made, changed or taken away, so that two such do not cross.
  AsyncMutex& changes() { return changes_; }

  // The default group is there always.
  Result<std::optional<Group>> find_group(const GroupPlace& place) const;
  // In the order of their names, behind `after` (a name; empty: from the beginning).
  Result<std::vector<Group>> list_groups(std::string_view account, std::string_view region, std::string_view after,
                                         std::size_t limit) const;
  Task<Result<void>> save_group(Group group);
  // With its schedules.
  Task<Result<void>> remove_group(GroupPlace place);

  Result<std::optional<Schedule>> find(const SchedulePlace& place) const;
  Result<std::optional<Schedule>> find(std::string_view key) const;
  // Calls `visit` with each schedule in [from, to) of the keys; it returns false to end that.
  Result<void> visit(std::string_view from, std::string_view to,
                     const std::function<bool(const Schedule&)>& visit) const;

  // The schedule and its timer, in place of what was there before (nullptr: nothing), as part of `batch`.
  static void put(const Schedule* before, const Schedule& schedule, store::Batch& batch);
  static void erase(const Schedule& schedule, store::Batch& batch);
  Task<Result<void>> commit(store::Batch batch);

  // The timers that are due, the first ones first, and when the next one is.
  struct Due {
    std::vector<Timer> timers;
    std::optional<Timestamp> next;
  };
  Result<Due> due(Timestamp now, std::size_t limit) const;

 private:
  store::Store& store_;
  Scheduler& scheduler_;
  AsyncMutex changes_;
};

}  // namespace stepwell::scheduler
