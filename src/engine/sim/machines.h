#pragma once
// The state machines of a simulation: some written by hand, each for what has gone wrong in engines before, the others
// thrown by dice.

#include "engine/revision.h"
#include "engine/sim/dice.h"

#include <memory>
#include <string>
#include <vector>

namespace stepwell::engine::sim {

// The first is the one that nested executions run.
std::vector<std::shared_ptr<const Revision>> make_machines(std::uint64_t seed, std::size_t count);

// An input that every machine can work on.
std::string make_input(Dice& dice);

}  // namespace stepwell::engine::sim
