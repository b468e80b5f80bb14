#pragma once
// The exceptions of AWS Lambda, one factory each, in AWS's words. Their HTTP status is in the API model.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::lambda::errors {

inline Error make(std::string_view code, std::string message, std::string detail = {}) {
  return {
      .fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = std::move(detail)};
}
inline Error make_ours(std::string_view code, std::string message, std::string detail = {}) {
  Error error = make(code, std::move(message), std::move(detail));
  error.fault = Fault::server;
  return error;
}

inline Error alias_not_found(std::string_view arn) {
  return make("ResourceNotFoundException", fmt::format("Cannot find alias arn: {}", arn));
}
inline Error function_exists(std::string_view name) {
  return make("ResourceConflictException", fmt::format("Function already exist: {}", name));
}
inline Error function_not_found(std::string_view arn) {
  return make("ResourceNotFoundException", fmt::format("Function not found: {}", arn));
}
inline Error invalid_parameter(std::string message) {
  return make("InvalidParameterValueException", std::move(message));
}
inline Error invalid_request_content(std::string message) {
  return make("InvalidRequestContentException", std::move(message));
}
inline Error invalid_runtime(std::string_view runtime, std::string detail) {
  return make_ours("InvalidRuntimeException",
                   fmt::format("The runtime {} cannot be run on this machine: {}", runtime, detail));
}
// The package was accepted once, and cannot be unpacked now.
inline Error invalid_zip_file(std::string detail) {
  return make_ours("InvalidZipFileException", "Lambda could not unzip the deployment package.", std::move(detail));
}
inline Error not_there() { return make("ResourceNotFoundException", "The resource you requested does not exist."); }
inline Error payload_too_large(std::size_t bytes, std::string_view invocation_type, std::size_t limit) {
  return make("RequestTooLargeException",
              fmt::format("{} byte payload is too large for the {} invocation type (limit {} bytes)", bytes,
                          invocation_type, limit));
}
inline Error policy_too_long(std::size_t bytes, std::size_t limit) {
  return make("PolicyLengthExceededException",
              fmt::format("The final policy size ({}) is bigger than the limit ({}).", bytes, limit));
}
// `api` is what tells the latest one.
inline Error precondition_failed(std::string_view api) {
  return make("PreconditionFailedException",
              fmt::format("The Revision Id provided does not match the latest Revision Id. Call the {} API to retrieve "
                          "the latest Revision Id",
                          api));
}
inline constexpr std::string_view role_not_assumable = "The role defined for the function cannot be assumed by Lambda.";
inline Error region_not_reachable(std::string_view region, std::string_view here) {
  return make("ResourceNotFoundException",
              fmt::format("Functions from '{}' are not reachable in this region ('{}')", region, here));
}
inline Error service_exception(std::string message) { return make_ours("ServiceException", std::move(message)); }
inline Error statement_exists(std::string_view id) {
  return make("ResourceConflictException",
              fmt::format("The statement id ({}) provided already exists. Please provide a new statement id, or remove "
                          "the existing statement.",
                          id));
}
inline Error statement_not_found(std::string_view id) {
  return make("ResourceNotFoundException", fmt::format("Statement {} is not found in resource policy.", id));
}
inline Error too_many_requests() { return make("TooManyRequestsException", "Rate Exceeded."); }
// A constraint that the public model does not state, told as the ones that it does.
inline Error validation(std::string_view value, std::string_view member, std::string_view constraint) {
  return make("ValidationException",
              fmt::format("1 validation error detected: Value '{}' at '{}' failed to satisfy constraint: {}", value,
                          member, constraint));
}

using directory::not_implemented;

}  // namespace stepwell::lambda::errors
