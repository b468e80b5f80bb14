#pragma once
// What the parts of a simulation share.

#include "engine/nested_executions.h"
#include "engine/sim/disk.h"
#include "engine/sim/machines.h"
#include "engine/sim/model.h"
#include "engine/sim/plan.h"
#include "engine/sim/process.h"
#include "engine/sim/time.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

// What a run was like.
struct Counts {
  std::uint64_t steps = 0;
  std::array<std::uint64_t, fault_kinds> faults{};
  std::uint64_t lives = 0;
  std::uint64_t started = 0, ended = 0, redriven = 0, answers = 0, facts = 0, checked = 0;
  bool operator==(const Counts&) const = default;
  Counts& operator+=(const Counts& other);
};

// A mistake that is made on purpose, to see that it is noticed.
enum class Sabotage : std::uint8_t {
  none,
  disk_lies,        // commits are answered before they are durable
  deletes_early,    // executions are deleted a second before their time
  keeps_events,     // events stay when their executions are deleted
  forgets_callers,  // callers of synchronous executions get no answer
  answers_twice,    // or two
  parts_effects,    // what a task does is committed before its answer, not with it
};

struct Rig {
  explicit Rig(const Plan& wanted)
      : plan(wanted),
        disk(time, wanted.seed),
        world(make_machines(wanted.seed, wanted.machines)),
        model(disk, violations) {}

  bool has(Fault fault) const { return !calm && plan.has(fault); }
  void happened(Fault fault) { ++counts.faults[static_cast<std::size_t>(fault)]; }
  Engine* engine() { return process ? &process->engine() : nullptr; }

  Plan plan;
  Sabotage sabotage = Sabotage::none;
  std::vector<std::string> violations;
  Counts counts;
  bool calm = false;  // nothing goes wrong any more
  VirtualTime time;
  Disk disk;
  SimWorld world;
  Model model;
  std::unique_ptr<Process> process;          // nullptr: it is down
  std::shared_ptr<NestedExecutions> nested;  // of the process
};

}  // namespace stepwell::engine::sim
