#pragma once
// What the two Lambda integrations share: calling Invoke through the directory, and reading its answer.

#include "services/states/integration.h"

#include <expected>
#include <string>
#include <utility>
#include <vector>

namespace stepwell::states {

struct LambdaRequest {
  std::string function;  // name or ARN
  std::string qualifier;
  std::string payload;          // JSON; empty: none
  std::string invocation_type;  // empty: RequestResponse
  std::string log_type;
  std::string client_context;
};

struct LambdaAnswer {
  int status = 200;
  std::string executed_version;
  std::string log_result;
  std::string payload;  // as the function gave it
};

// Failures: the function's own error (its errorType, its JSON as cause), or "Lambda.<Exception>" of the service.
Task<std::expected<LambdaAnswer, TaskFailure>> invoke_lambda(TaskCall& call, LambdaRequest request);

// {"ExecutedVersion":…, "Payload":…, "SdkHttpMetadata":…, "SdkResponseMetadata":…, "StatusCode":…}
json::Value lambda_result(json::Arena& arena, const LambdaAnswer& answer, std::string_view request_id);

}  // namespace stepwell::states
