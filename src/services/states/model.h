#pragma once
// The API of AWS Step Functions as data: api.json, embedded into the program.

#include "wire/api_model.h"

namespace stepwell::states {

const wire::ApiModel& model();

}  // namespace stepwell::states
