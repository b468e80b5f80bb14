#include "engine/sim/process.h"

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr ShardId shards = 3;

}  // namespace

SimWorld::SimWorld(std::vector<std::shared_ptr<const Revision>> machines) : machines_(std::move(machines)) {}

std::string SimWorld::task_token(const TaskRef& task) {
  return fmt::format("{}-{}-{}-{}", task.execution.shard, task.execution.serial, task.scope, task.scheduled);
}

std::shared_ptr<const Revision> SimWorld::revision(std::string_view, std::string_view id) {
  const auto found = std::ranges::find(machines_, id, &Revision::revision_id);
  return found == machines_.end() ? nullptr : *found;
}

Process::Process(Life life, VirtualTime& time, Disk& disk, SimWorld& world, Effects& effects, Random& random,
                 const Limits& limits)
    : time_(time), life_(life), door_(*this, disk), effects_(*this, effects), scheduler_(time, life_) {
  disk.restart(life_);
  engine_ =
      std::make_unique<Engine>(shards, ShardPorts{door_, world, effects_, time, random, scheduler_, log_, limits});
}

Process::~Process() {
  alive_ = false;
  engine_.reset();
  time_.end(life_);
}

bool Process::acts() {
  if (alive_ && calls_left_ > 0 && --calls_left_ == 0) alive_ = false;
  return alive_;
}

}  // namespace stepwell::engine::sim
