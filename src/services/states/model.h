#pragma once
// The API of AWS Step Functions as data: api.json, embedded into the program.

#include "services/directory/actions.h"
#include "wire/api_model.h"

#include <span>

namespace stepwell::states {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def.
std::span<const directory::Action> actions();

}  // namespace stepwell::states
