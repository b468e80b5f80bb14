#pragma once
// Targets that are operations: arn:aws:scheduler:::aws-sdk:<service>:<action>, with parameters as AWS's SDK for Java
// names them.

#include "base/error.h"
#include "lang/json/value.h"
#include "services/deliveries/delivery.h"
#include "services/directory/directory.h"
#include "wire/arn.h"

#include <string_view>

namespace stepwell::scheduler {

bool is_universal(const wire::Arn& arn);
// Errors "ValidationException": there is no such service or operation here, `input` is no JSON object or has members
// that the operation does not know. `input` may be empty.
Result<deliveries::ServiceCall> universal_call(json::Arena& arena, const directory::Directory& directory,
                                               const wire::Arn& arn, std::string_view input);

}  // namespace stepwell::scheduler
