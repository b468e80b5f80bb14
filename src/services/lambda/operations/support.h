#pragma once
// What several operations do in the same way.

#include "base/error.h"
#include "lang/json/build.h"
#include "services/lambda/errors.h"
#include "services/lambda/lambda.h"
#include "services/lambda/references.h"
#include "services/lambda/settings.h"
#include "wire/call.h"

#include <string>
#include <string_view>

namespace stepwell::lambda {

struct NamedFunction {
  FunctionReference reference;
  FunctionPtr function;  // never nullptr
};
// The function that FunctionName and Qualifier name. Errors: of read_function, ResourceNotFoundException.
Result<NamedFunction> find_function(Lambda& lambda, const wire::Call& call);

// For operations that change the function itself. Errors: of find_function and check_revision.
Result<FunctionPtr> function_to_change(Lambda& lambda, const wire::Call& call);

// The package in `source` (the input, or its member Code), unpacked. Errors: InvalidParameterValueException.
Task<Result<Upload>> receive_code(Lambda& lambda, std::string function_name, const json::Value& source);

// What RevisionId demands. `api` is what tells the latest one. Error PreconditionFailedException.
Result<void> check_revision(const wire::Call& call, const FunctionRecord& function, std::string_view api);

// A change has been made: another revision, now.
void mark_changed(Lambda& lambda, FunctionRecord& function);

inline wire::Reply reply_with(json::Value output) {
  wire::Reply reply;
  reply.output = output;
  return reply;
}
// Nothing but a status.
wire::Reply reply_with_status(wire::Call& call, int status);

}  // namespace stepwell::lambda
