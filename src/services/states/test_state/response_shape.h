#pragma once
// What a Task's service answers, as a shape: a mocked result is held against it.
//
// The models of the services here are the directory's; for others the answers' shapes stand in responses/ (facts of
// AWS's public service models, without its prose), listed in response_models.def. What neither has is not known, and a
// mock of it is not checked.

#include "lang/asl/resource.h"
#include "services/directory/directory.h"
#include "wire/api_model.h"

namespace stepwell::states {

// nullptr: there is none, or it is not known. A task that waits for the end of a job (.sync) answers with what the
// service says of the job then; one that waits for its token, a function or an activity may answer with anything.
const wire::Shape* response_shape(const directory::Directory& directory, const asl::Resource& resource);

}  // namespace stepwell::states
