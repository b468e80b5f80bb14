#pragma once
// Executions newest first, merged from where the store has them in that order: the lists of a machine, one a status, or
// the records of each shard, whose ids grow with time.

#include "engine/queries.h"
#include "services/states/execution_search.h"
#include "store/store.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::states {

class ExecutionSources {
 public:
  // Begins behind `after`, and where `search` allows it at the times that it asks for.
  ExecutionSources(store::Store& store, engine::ShardId shards, const ExecutionSearch& search,
                   const std::optional<SearchPosition>& after);

  bool valid() const { return current_ != nullptr; }
  const engine::ListEntry& entry() const { return current_->entry; }
  std::string_view machine_arn() const { return current_->machine_arn; }
  void next();
  Result<void> status() const;  // why it ended early, if it did

 private:
  struct Source {
    std::unique_ptr<store::Cursor> cursor;
    engine::ListEntry entry;
    std::string machine_arn;
    bool valid = false;
  };

  void add_list(store::Store& store, engine::Status status, Timestamp newest, Timestamp oldest);
  void add_shard(store::Store& store, engine::ShardId shard, Timestamp newest, Timestamp oldest);
  void load(Source& source);
  void step(Source& source);
  void choose();

  const std::string list_;
  const std::optional<SearchPosition> after_;
  std::string list_machine_;
  std::vector<Source> sources_;
  Source* current_ = nullptr;
  Error unreadable_;
};

}  // namespace stepwell::states
