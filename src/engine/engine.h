#pragma once
// All shards behind one door: routes a command to the shard of its execution. Everything runs on the thread of the
// loop.

#include "engine/shard.h"

#include <memory>
#include <vector>

namespace stepwell::engine {

class Engine {
 public:
  // `shards` is fixed for a data directory (see open_shards).
  Engine(ShardId shards, const ShardPorts& ports);

  // Takes up what was under way when the program last stopped.
  Result<void> recover();

  // The execution of a name always belongs to the same shard, so that starts by one name meet.
  void start(StartRequest request, Reply<StartOutcome> reply) {
    shard_for(request).start(std::move(request), std::move(reply));
  }
  // Nobody looks for one of these by its name: they take the shards in turn.
  void start_sync(StartRequest request, Reply<Finished> reply) {
    Shard& shard = *shards_[next_sync_++ % shards_.size()];
    shard.start_sync(std::move(request), std::move(reply));
  }
  const Limits& limits() const { return limits_; }
  ShardId shards() const { return static_cast<ShardId>(shards_.size()); }
  Shard& shard(ExecutionId id) { return *shards_[id.shard % shards_.size()]; }

 private:
  Shard& shard_for(const StartRequest& request);
  Limits limits_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::size_t next_sync_ = 0;
};

// The number of shards of a data directory: what `meta` says, or `wanted` written there for a new one (waits for the
// commit).
Result<ShardId> open_shards(store::Store& store, ShardId wanted);

}  // namespace stepwell::engine
