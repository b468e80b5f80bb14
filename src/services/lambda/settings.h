#pragma once
// A function's configuration: read from what a caller sends, shown as the API shows it.

#include "lang/json/build.h"
#include "services/lambda/functions.h"
#include "wire/call.h"

namespace stepwell::lambda {

// Takes over every setting that the call has. Errors: InvalidParameterValueException and ValidationException in AWS's
// words; NotImplemented for what would change how the function runs and is not built.
Result<void> apply_settings(const wire::Call& call, FunctionRecord& function);

// The shape FunctionConfiguration. `arn` is the function's, qualified or not.
json::ObjectBuilder show_function(json::Arena& arena, const FunctionRecord& function, std::string_view arn);

}  // namespace stepwell::lambda
