#pragma once
// Callers of synchronous Express executions: each is answered once, with an end, or sees that the process has ended.

#include "engine/sim/dice.h"
#include "engine/sim/rig.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace stepwell::engine::sim {

class Callers {
 public:
  explicit Callers(Rig& rig) : rig_(rig) {}

  // Calls an Express machine, if there is one.
  void call(Dice& dice, const std::string& input);
  // Calls each Express machine once: nothing goes wrong any more, so each must be answered.
  void call_everything(const std::string& input);
  // Whoever waits for an answer of that process waits in vain, and knows.
  void process_ended() { waiting_.clear(); }
  std::size_t waiting() const { return waiting_.size(); }

 private:
  void call(const std::shared_ptr<const Revision>& revision, const std::string& input);
  void answered(std::uint64_t number, const Finished& finished);
  void violated(std::uint64_t number, std::string_view what);

  Rig& rig_;
  std::uint64_t calls_ = 0;
  std::map<std::uint64_t, std::string> waiting_;  // the inputs, by the number of the call
};

}  // namespace stepwell::engine::sim
