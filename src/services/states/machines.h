#pragma once
// The state machines of this server: their records and revisions in the store, and the compiled revisions in memory.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "engine/revision.h"
#include "services/states/log_target.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::states {

struct MachineRecord {
  std::string arn;
  std::string name;
  std::string type;  // "STANDARD", "EXPRESS"
  std::string definition;
  std::string role_arn;
  std::string revision_id;
  bool revised = false;  // AWS shows a revision id only after the first change
  Timestamp created{};
  std::string logging;     // JSON, as DescribeStateMachine shows it
  std::string tracing;     // JSON
  std::string encryption;  // JSON
  std::string tags;        // JSON: [{"key":…,"value":…}]
};

class Machines {
 public:
  Machines(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}

  Result<std::optional<MachineRecord>> find(std::string_view arn) const;
  // The machines of an account and region in the order of their names, after `after` (an ARN; empty: from the
  // beginning).
  Result<std::vector<MachineRecord>> list(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;

  // Held while a machine is looked at and changed, so that two changes do not cross.
  AsyncMutex& changes() { return changes_; }
  // Writes the record, and its revision where that is new.
  Task<Result<void>> save(MachineRecord record);
  Task<Result<void>> remove(std::string arn);

  // The compiled revision; what an execution runs. nullptr: there is none of that id (or it cannot be compiled).
  std::shared_ptr<const engine::Revision> revision(std::string_view arn, std::string_view revision_id);
  // The current revision, with one look-up of the record. Error StateMachineDoesNotExist.
  Result<std::shared_ptr<const engine::Revision>> current(std::string_view arn);
  // Where the executions of a machine are logged; what a deleted one left running is not.
  const LogTarget& log_target(const std::string& arn);

 private:
  std::shared_ptr<const engine::Revision> remember(std::string key, std::shared_ptr<const engine::Revision> revision);

  store::Store* store_;
  Scheduler* scheduler_;
  AsyncMutex changes_;
  std::unordered_map<std::string, std::shared_ptr<const engine::Revision>> compiled_;  // by ARN and revision id
  std::unordered_map<std::string, std::shared_ptr<const engine::Revision>> current_;   // by ARN
  std::unordered_map<std::string, LogTarget> log_targets_;                             // by ARN
};

}  // namespace stepwell::states
