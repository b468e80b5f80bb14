#pragma once
// The policy of a function, which says who may use it besides those whose own policies do. It is made of the statements
// that AddPermission puts in.

#include "base/error.h"
#include "lang/json/value.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::lambda {

// The statement that a call of AddPermission describes, about the function of that ARN; it lives as long as the call.
// Error InvalidParameterValueException.
Result<json::Value> new_statement(wire::Call& call, std::string_view function_arn);

// `policy` is a document, or empty where there is none. Errors ResourceConflictException,
// PolicyLengthExceededException.
Result<std::string> with_statement(std::string_view policy, const json::Value& statement);
// Empty: no statement is left. Error ResourceNotFoundException.
Result<std::string> without_statement(std::string_view policy, std::string_view id);

}  // namespace stepwell::lambda
