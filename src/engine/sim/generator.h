#pragma once
// Definitions thrown by dice: every state type, nested three deep, all of them valid and all of them with an end.

#include "engine/sim/dice.h"
#include "lang/asl/validation/validate.h"

#include <string>

namespace stepwell::engine::sim {

std::string generate_definition(Dice& dice, asl::MachineType type);

}  // namespace stepwell::engine::sim
