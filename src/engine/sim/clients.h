#pragma once
// Whoever calls the API: starts executions, some by the same name, stops them, takes activity tasks, asks.

#include "engine/sim/callers.h"
#include "engine/sim/dice.h"
#include "engine/sim/workers.h"

#include <string>
#include <vector>

namespace stepwell::engine::sim {

class Clients {
 public:
  Clients(Rig& rig, Workers& workers, Callers& callers);

  // From now on they only take what waits in queues, until nothing does, and make each synchronous call once more.
  void calm();

 private:
  void call(std::uint32_t client, Dice dice);
  void act(std::uint32_t client, Dice& dice);
  void start(std::uint32_t client, Dice& dice);
  void stop(Dice& dice);
  void redrive(Dice& dice);
  void poll(Dice& dice);
  void look(Dice& dice);
  void take_everything();
  void take(const TaskRef& task);

  Rig& rig_;
  Workers& workers_;
  Callers& callers_;
  std::vector<std::string> inputs_;
  std::vector<ExecutionId> known_;
  std::uint64_t names_ = 0;
};

}  // namespace stepwell::engine::sim
