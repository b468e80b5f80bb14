#pragma once
// The API of Amazon API Gateway, version 2, as data: api.json, embedded into the program.

#include "services/directory/actions.h"
#include "wire/api_model.h"

namespace stepwell::apigateway {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def.
directory::Actions actions();

}  // namespace stepwell::apigateway
