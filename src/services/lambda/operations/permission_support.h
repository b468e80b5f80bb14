#pragma once
// What the operations on a function's policy do in the same way.

#include "services/lambda/operations/support.h"

namespace stepwell::lambda {

// Functions have neither versions nor aliases here, so their policies are of the unqualified ARN alone. Error
// ResourceNotFoundException for what has a qualifier.
Result<void> check_unqualified(const FunctionReference& reference);

// The function with another policy, and so of another revision.
Task<Result<void>> save_policy(Lambda& lambda, const FunctionRecord& function, std::string policy);

}  // namespace stepwell::lambda
