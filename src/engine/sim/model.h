#pragma once
// What the outside knows for sure: what was acknowledged to it. It is kept apart from the store and compared with it:
// when something is acknowledged, it must be durable; after a crash, it must still be there.

#include "engine/queries.h"
#include "engine/revision.h"
#include "engine/shard.h"
#include "engine/sim/disk.h"
#include "store/store.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

// What became of an attempt, as far as the outside was told.
enum class Told : std::uint8_t { succeeded, failed, handed_out, submitted };

class Model {
 public:
  Model(Disk& disk, std::vector<std::string>& violations) : disk_(disk), violations_(violations) {}

  void started(const StartOutcome& outcome, const Revision& revision, const std::string& name,
               const std::string& input);
  void stopped(ExecutionId id, Timestamp at);
  // `repeatable`: the attempt belongs to an Express execution, which a crash runs again.
  void told(const TaskRef& task, Told what, bool repeatable);

  // Compares everything that was acknowledged with what is durable.
  void verify();
  std::size_t facts() const { return facts_; }

 private:
  struct Known {
    std::string name, machine_arn, input;
    bool express = false;
    std::optional<Timestamp> stopped;
    std::map<std::pair<ScopeId, EventId>, std::vector<Told>> attempts;
  };

  void verify(ExecutionId id, const Known& known);
  bool may_lose_name(ExecutionId id, ExecutionId to) const;
  void verify_attempts(ExecutionId id, const Known& known);
  void violated(ExecutionId id, const Known& known, std::string_view what);

  Disk& disk_;
  std::vector<std::string>& violations_;
  std::map<ExecutionId, Known> executions_;
  std::map<std::pair<std::string, std::string>, ExecutionId> names_;
  std::size_t facts_ = 0;
};

}  // namespace stepwell::engine::sim
