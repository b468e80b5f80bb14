#pragma once
// The API of Amazon SQS as data: api.json, embedded into the program. What is required, and which values there are, the
// service says in words of its own (operations/support.h, attributes.h): the model leaves it out.

#include "services/directory/actions.h"
#include "wire/api_model.h"

namespace stepwell::sqs {

const wire::ApiModel& model();
// What each operation needs to be allowed: actions.def.
directory::Actions actions();

}  // namespace stepwell::sqs
