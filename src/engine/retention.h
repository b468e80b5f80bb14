#pragma once
// Deletes the executions of one shard some time after their end (AWS: 90 days; spec §2, "Limits"): their history,
// record, place in the lists and name, which is free again from then on.
//
// Every execution that has ended has a row in the table ended_execution, by the time of its end; the rows are there
// whether executions are deleted or not, so that the time can be chosen anew with each start. Deleting goes on in the
// background, a bounded piece at a time: one commit, then whoever waits has a turn, then the next. The first commit
// takes everything by which an execution can be found; a long history goes with further ones, and the row in
// ended_execution with the last, so that a crash in the middle is taken up where it was.
//
// Ids are never given twice, whatever the clock does: the greatest that was deleted is kept in the table meta, for a
// shard goes on numbering from the greatest id that it finds.
//
// An execution stays while a task has still to be told of its end, or an execution that it started has still to be
// stopped.

#include "base/ports.h"
#include "base/timer.h"
#include "engine/ids.h"
#include "engine/records.h"
#include "store/store.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::engine {

struct RetentionPorts {
  store::Store& store;
  Clock& clock;
  Scheduler& scheduler;
  Log& log;
  std::optional<Duration> retention;  // nullopt: nothing is deleted
  // Takes the execution out of memory; false while something is still being done with it, or with its name
  // (`name_key`): an execution that takes the name is on its way to the store.
  std::function<bool(ExecutionId, const std::string& name)> let_go;
};

class Retention {
 public:
  Retention(ShardId shard, RetentionPorts ports);
  ~Retention();
  Retention(const Retention&) = delete;
  Retention& operator=(const Retention&) = delete;

  // The greatest serial of this shard that was deleted; 0: none was.
  Result<std::uint64_t> last_deleted();
  // Begins to look; call once.
  void begin();
  // An execution has ended; that is durable.
  void ended(Timestamp stopped);
  // The execution is being deleted: it is not to be loaded any more.
  bool deleting(ExecutionId id) const;

 private:
  struct Piece;
  enum class Gone : std::uint8_t { all, partly, not_yet };

  void look_at(Timestamp time);
  void sweep();
  Result<void> collect(Piece& piece);
  Result<Gone> collect_execution(ExecutionId id, Piece& piece);
  Result<void> collect_record(ExecutionId id, const ExecutionRecord& execution, Piece& piece);
  Result<bool> needed(ExecutionId id, const ExecutionRecord& execution) const;
  void commit(Piece piece);
  void committed(const Result<void>& result);

  const ShardId shard_;
  RetentionPorts ports_;
  std::string from_;                   // no row before this key is due
  std::optional<std::string> stayed_;  // of this pass: the first row whose execution could not go
  std::vector<ExecutionId> deleting_;
  std::uint64_t last_deleted_ = 0;  // durable
  std::unique_ptr<Timer> timer_;
  std::optional<Timestamp> look_at_;  // when the timer goes off
  bool under_way_ = false;            // a piece is on its way to the store
  // Shared with completions, which may come after this is gone; set and read on the loop's thread only.
  std::shared_ptr<Retention*> self_;
};

}  // namespace stepwell::engine
