#pragma once
// The API of AWS Lambda as data: api.json, embedded into the program.

#include "wire/api_model.h"

namespace stepwell::lambda {

const wire::ApiModel& model();

}  // namespace stepwell::lambda
