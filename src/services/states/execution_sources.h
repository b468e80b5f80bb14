#pragma once
// Executions newest first, merged from where the store has them in that order: the lists of a machine, one a status, or
// the records of each shard, whose ids grow with time. Of those of one millisecond, the greatest id comes first.

#include "engine/queries.h"
#include "services/states/execution_search.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::states {

class ExecutionSources {
 public:
  // Those of the share. Begins behind `after`, and where `search` allows it at the times that it asks for.
  ExecutionSources(store::Store& store, engine::ShardId shards, ShardShare share, const ExecutionSearch& search,
                   const std::optional<SearchPosition>& after);

  // What decides whether an execution fits; views until next().
  struct Current {
    SearchPosition at;
    engine::Status status = engine::Status::running;
    std::string_view name, machine_arn;
    std::string_view record;  // of the execution; empty where it is not at hand
  };
  const Current* current() const { return current_ == nullptr ? nullptr : &current_->now; }
  Result<engine::ListEntry> entry() const;  // the whole
  void next();
  Result<void> status() const;  // why it ended early, if it did

 private:
  struct Source {
    std::unique_ptr<store::Cursor> cursor;
    Current now;
    std::vector<engine::ListEntry> together;  // of a list: those of one millisecond, the next one last
    bool valid = false;
  };

  void add_list(store::Store& store, engine::Status status, Timestamp newest, Timestamp oldest);
  void add_shard(store::Store& store, engine::ShardId shard, Timestamp newest, Timestamp oldest);
  void load(Source& source);
  void load_list(Source& source);
  void load_record(Source& source);
  bool is_behind(const SearchPosition& place) const { return !after_ || place < *after_; }
  void choose();

  const ShardShare share_;
  const std::string list_;
  const std::optional<SearchPosition> after_;
  std::string list_machine_;
  std::vector<Source> sources_;
  Source* current_ = nullptr;
  bool unreadable_ = false;
};

}  // namespace stepwell::states
