#pragma once
// Whether a text stands in what executions were given and gave: their input, output, error and cause. The bytes of the
// store are searched as they are, and read only where they hold the text. Made for many executions in the order of a
// search, newest first, of which one costs one or two microseconds.

#include "base/error.h"
#include "engine/records.h"
#include "services/states/descending_walk.h"
#include "store/store.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::states {

class ExecutionTexts {
 public:
  ExecutionTexts(store::Store& store, engine::ShardId shards, std::string text)
      : store_(&store), text_(std::move(text)), of_shards_(shards) {}

  // `record` is the execution's, where it is at hand.
  Result<bool> hold(engine::ExecutionId id, std::string_view record);

 private:
  struct Shard {
    DescendingWalk records, events;
  };
  Shard& shard(engine::ShardId id);
  bool has(std::string_view bytes) const;
  Result<bool> payload_holds(DescendingWalk& events, engine::ExecutionId id, engine::Home home) const;

  store::Store* store_;
  const std::string text_;
  std::vector<std::unique_ptr<Shard>> of_shards_;
};

}  // namespace stepwell::states
