#pragma once
// The exceptions of AWS Step Functions, one factory each, in AWS's words (spec §2).

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::states::errors {

inline Error make(std::string_view code, std::string message, std::string detail = {}) {
  return {
      .fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = std::move(detail)};
}

inline Error activity_already_exists(std::string_view arn) {
  return make("ActivityAlreadyExists", fmt::format("Activity Already Exists: '{}'", arn));
}
inline Error activity_does_not_exist(std::string_view arn) {
  return make("ActivityDoesNotExist", fmt::format("Activity Does Not Exist: '{}'", arn));
}
inline Error activity_worker_limit_exceeded(std::string_view arn) {
  return make("ActivityWorkerLimitExceeded", fmt::format("Activity Worker Limit Exceeded: '{}'", arn));
}
inline Error conflict(std::string message) { return make("ConflictException", std::move(message)); }
inline Error execution_already_exists(std::string_view arn) {
  return make("ExecutionAlreadyExists", fmt::format("Execution Already Exists: '{}'", arn));
}
inline Error execution_does_not_exist(std::string_view arn) {
  return make("ExecutionDoesNotExist", fmt::format("Execution Does Not Exist: '{}'", arn));
}
inline Error invalid_arn(std::string_view why) { return make("InvalidArn", fmt::format("Invalid Arn: '{}'", why)); }
inline Error invalid_definition(std::string message, std::string detail) {
  return make("InvalidDefinition", std::move(message), std::move(detail));
}
inline Error invalid_encryption_configuration(std::string_view why) {
  return make("InvalidEncryptionConfiguration", fmt::format("Invalid Encryption Configuration: '{}'", why));
}
inline Error invalid_execution_input(std::string_view why) {
  return make("InvalidExecutionInput", fmt::format("Invalid State Machine Execution Input: '{}'", why));
}
inline Error invalid_logging_configuration() {
  return make("InvalidLoggingConfiguration",
              "Invalid Logging Configuration: Must specify exactly one Log Destination.");
}
inline Error invalid_name(std::string_view name) {
  return make("InvalidName", fmt::format("Invalid Name: '{}'", name));
}
inline Error invalid_output(std::string_view why) {
  return make("InvalidOutput", fmt::format("Invalid Output: '{}'", why));
}
inline Error invalid_token(std::string_view why) {
  return make("InvalidToken", fmt::format("Invalid Token: '{}'", why));
}
inline Error missing_required_parameter() {
  return make(
      "MissingRequiredParameter",
      "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified");
}
inline Error resource_not_found() {
  return make("ResourceNotFound", "Request references a resource that does not exist.");
}
inline Error resource_not_found(std::string_view arn) {
  return make("ResourceNotFound", fmt::format("Resource not found: '{}'", arn));
}
inline Error role_not_assumable() {
  return make("AccessDeniedException",
              "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume "
              "the provided role.");
}
inline Error service_quota_exceeded(std::string message) {
  Error error = make("ServiceQuotaExceededException", std::move(message));
  error.status = 402;
  return error;
}
inline Error state_machine_already_exists(std::string_view arn) {
  return make("StateMachineAlreadyExists", fmt::format("State Machine Already Exists: '{}'", arn));
}
inline Error state_machine_does_not_exist(std::string_view arn) {
  return make("StateMachineDoesNotExist", fmt::format("State Machine Does Not Exist: '{}'", arn));
}
inline Error state_machine_type_not_supported() {
  return make("StateMachineTypeNotSupported", "This operation is not supported by this type of state machine");
}

inline Error too_many_tags(std::string_view arn) {
  return make("TooManyTags", fmt::format("Too Many Tags: '{}'", arn));
}
inline Error validation(std::string message) { return make("ValidationException", std::move(message)); }

using directory::not_implemented;

}  // namespace stepwell::states::errors
