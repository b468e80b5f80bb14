#include "engine/sim/task_effects.h"

#include "engine/records.h"
#include "store/codec.h"

#include <set>

#include <fmt/format.h>

namespace stepwell::engine::sim {
namespace {

constexpr store::Table table = store::Table::log_event;  // any that the engine itself does not use

std::string effect_key(const TaskRef& task) {
  return execution_key(task.execution) + store::KeyWriter().u32(task.scope).u32(task.scheduled).take();
}

std::string owner(std::string_view key) { return std::string(key.substr(0, execution_key({}).size())); }

// The effects of a batch, and the executions that it has events of.
struct Contents {
  std::vector<std::string> effects;
  std::set<std::string> decided;
  void put(store::Table written, std::string_view key, std::string_view) {
    if (written == table) effects.emplace_back(key);
    if (written == store::Table::event) decided.insert(owner(key));
  }
  void erase(store::Table, std::string_view) {}
  void erase_range(store::Table, std::string_view, std::string_view) {}
};

}  // namespace

void TaskEffects::add(const TaskRef& task, store::Batch& batch) { batch.put(table, effect_key(task), "done"); }

bool TaskEffects::happened(store::Store& tables, const TaskRef& task) {
  return tables.get(table, effect_key(task))->has_value();
}

void TaskEffects::look_at(store::Store& tables, const store::Batch& batch) {
  Contents contents;
  batch.visit(contents);
  const auto problem = [this](const std::string& key, std::string_view what) {
    const ExecutionId id = *read_execution_key(owner(key));
    problems_.push_back(fmt::format("effects: execution {}/{} {}", id.shard, id.serial, what));
  };
  for (const std::string& effect : contents.effects) {
    if (tables.get(table, effect)->has_value()) problem(effect, "does what a task does twice");
    if (!contents.decided.contains(owner(effect))) problem(effect, "does what a task does without taking its answer");
  }
}

}  // namespace stepwell::engine::sim
