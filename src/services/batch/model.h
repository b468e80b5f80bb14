#pragma once
// The API of AWS Batch as data: api.json, embedded into the program.

#include "services/directory/actions.h"
#include "wire/api_model.h"

namespace stepwell::batch {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def.
directory::Actions actions();

}  // namespace stepwell::batch
