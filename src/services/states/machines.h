#pragma once
// The state machines of this server: their records, revisions and versions in the store, and the compiled revisions in
// memory.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"
#include "engine/revision.h"
#include "services/states/compiled_revisions.h"
#include "services/states/log_target.h"
#include "services/states/machine_records.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stepwell::states {

class Machines {
 public:
  Machines(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}

  Result<std::optional<MachineRecord>> find(std::string_view arn) const;
  // The machines of an account and region in the order of their names, after `after` (an ARN; empty: from the
  // beginning).
  Result<std::vector<MachineRecord>> list(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;
  Result<std::optional<RevisionRecord>> find_revision(std::string_view arn, std::string_view revision_id) const;

  Result<std::optional<VersionRecord>> find_version(std::string_view arn, VersionNumber number) const;
  // Newest first; those below `before` (0: from the newest on).
  Result<std::vector<VersionRecord>> list_versions(std::string_view arn, VersionNumber before, std::size_t limit) const;

  // Held while a machine is looked at and changed, so that two changes do not cross.
  AsyncMutex& changes() { return changes_; }
  // Writes the record and its new revision, and the version that is published with it.
  Task<Result<void>> save(MachineRecord record, std::optional<VersionRecord> published = {});
  // Writes a record whose revision is there already.
  Task<Result<void>> save_head(MachineRecord record, std::optional<VersionRecord> published = {});
  // Writes the revision that the record is at, and leaves the machine as it is.
  Task<Result<void>> save_revision(MachineRecord record);
  Task<Result<void>> remove_version(MachineRecord record, VersionNumber number);
  // With its versions and aliases. Its revisions stay for its executions.
  Task<Result<void>> remove(std::string arn);
  Task<Result<void>> remove_revisions(std::string arn);

  // The compiled revision; what an execution runs. nullptr: there is none of that id (or it cannot be compiled).
  std::shared_ptr<const engine::Revision> revision(std::string_view arn, std::string_view revision_id);
  // The current revision, with one look-up of the record. Error StateMachineDoesNotExist.
  Result<std::shared_ptr<const engine::Revision>> current(std::string_view arn);
  // Where the executions of a machine are logged; what a deleted one left running is not.
  const LogTarget& log_target(const std::string& arn);

 private:
  store::Store* store_;
  Scheduler* scheduler_;
  AsyncMutex changes_;
  CompiledRevisions compiled_;
  std::unordered_map<std::string, LogTarget> log_targets_;  // by ARN
};

// Gives the current revision of the record the next number.
VersionRecord publish(MachineRecord& record, std::string_view description, Timestamp now);

}  // namespace stepwell::states
