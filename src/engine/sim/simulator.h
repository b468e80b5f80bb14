#pragma once
// The whole engine in a world where everything goes wrong that may: one process of many lives, a disk, clients and
// workers, in one thread and virtual time, all of it from one seed (plan.h).
//
// After every step the executions that were written are checked (engine/check); at every crash, now and then, and at
// the end, everything is, and what was acknowledged is compared with what is there (model.h). After the last step
// nothing goes wrong any more, and every execution must reach its end and leave nothing behind but its record.

#include "engine/sim/rig.h"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

struct Outcome {
  std::vector<std::string> violations;  // the first ones; empty: all was well
  Counts counts;
};

struct Options {
  Sabotage sabotage = Sabotage::none;
  std::function<void(std::span<const store::Batch>)> on_group = {};  // told of every group that becomes durable
  std::span<const store::Batch> begin_with = {};                     // what the disk holds when the first life begins
};

Outcome simulate(const Plan& plan, const Options& options = {});

}  // namespace stepwell::engine::sim
