#pragma once
// The API of Amazon ECS as data: api.json, embedded into the program.

#include "services/directory/actions.h"
#include "wire/api_model.h"

namespace stepwell::ecs {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def.
directory::Actions actions();

}  // namespace stepwell::ecs
