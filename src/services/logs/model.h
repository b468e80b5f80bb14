#pragma once
// The API of Amazon CloudWatch Logs as data: api.json, embedded into the program.

#include "wire/api_model.h"

namespace stepwell::logs {

const wire::ApiModel& model();

}  // namespace stepwell::logs
