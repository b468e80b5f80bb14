#pragma once
// A change of jobs that becomes one commit: it keeps the rows that find them, the counts of arrays and the events of
// EventBridge in step with what becomes of the jobs.
//
//   Change change(ledger, events, now);
//   CO_TRY_ASSIGN(Job * job, change.find(id));
//   CO_TRY(change.move(*job, Status::starting));
//   CO_TRY(co_await store::commit(store, scheduler, change.finish()));
//
// Jobs that are there already are changed by one change at a time (Conductor holds its lock).

#include "base/error.h"
#include "lang/json/arena.h"
#include "services/batch/job.h"
#include "services/batch/ledger.h"
#include "services/batch/records.h"
#include "services/batch/status_events.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::batch {

class Change {
 public:
  Change(const Ledger& ledger, const StatusEvents& events, Timestamp now)
      : ledger_(ledger), events_(events), now_(now) {}

  Timestamp now() const { return now_; }

  // As this change leaves it; nullptr: there is no such job. Stays valid.
  Result<Job*> find(const JobId& id);
  // In the arena of the change.
  Result<json::Value> document(std::string_view uuid);

  // A job that is not there yet, with its status; `document` comes with the first of a submission.
  Result<Job*> add(Job job, std::optional<json::Value> document = {});
  // Counts in its array; an array ends with its last child.
  Result<void> move(Job& job, Status status);
  Result<void> end(Job& job, Status status, std::string_view reason);
  // Children that there will never be.
  Result<void> give_up_unmade(Job& array);

  // Something is to be done about the job (conductor.h), or no longer.
  void expect_work(const JobId& id);
  void done_with(const JobId& id);

  store::Batch& batch() { return batch_; }
  // Everything as one batch.
  store::Batch finish();
  // The jobs that have ended by this.
  const std::vector<JobId>& ended() const { return ended_; }

 private:
  struct Entry {
    Job job;
    std::optional<Job> stored;  // as the store has it
  };

  Result<void> tell(const Job& job);
  Result<void> count(const Job& child, std::optional<Status> before);
  void write(const Entry& entry);

  const Ledger& ledger_;
  const StatusEvents& events_;
  const Timestamp now_;
  json::Arena arena_;
  std::map<JobId, std::unique_ptr<Entry>> entries_;
  std::map<std::string, json::Value, std::less<>> documents_;
  std::map<std::string, std::vector<json::Value>> told_;  // by queue
  std::map<std::string, bool> awaited_;                   // by queue
  std::vector<JobId> ended_;
  store::Batch batch_;
};

}  // namespace stepwell::batch
