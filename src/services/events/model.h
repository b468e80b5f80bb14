#pragma once
// The API of Amazon EventBridge as data: api.json, embedded into the program.

#include "services/directory/actions.h"
#include "wire/api_model.h"

namespace stepwell::events {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def, passed_roles.def.
directory::Actions actions();

}  // namespace stepwell::events
