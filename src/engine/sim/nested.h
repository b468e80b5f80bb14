#pragma once
// Executions that tasks wait for, in the simulation: does what the table nested_execution asks for, as engine/starter.h
// tells it, with the process and again after its end.

#include "engine/sim/process.h"
#include "engine/starter.h"

#include <memory>
#include <unordered_map>

namespace stepwell::engine::sim {

// Of one life of the process.
class Nested {
 public:
  explicit Nested(Process& process) : process_(process) {}

  // What happens to a task while its execution is being started waits until that is done.
  void begin(const TaskRef& task) { ++starting_[task].attempts; }
  void finish(const TaskRef& task);
  void ended(const NestedExecution& nested);
  void cancelled(const TaskRef& task);
  void take_up();

 private:
  struct Starting {
    std::size_t attempts = 0;
    std::optional<NestedExecution> ended;
    bool cancelled = false;
  };
  void tell(const NestedExecution& nested);
  void stop(const TaskRef& task);
  void forget(const TaskRef& task);
  void try_again();

  Process& process_;
  std::unordered_map<TaskRef, Starting> starting_;
  std::unique_ptr<Timer> next_try_;
};

}  // namespace stepwell::engine::sim
