#pragma once
// The exceptions of Amazon CloudWatch Logs, one factory each, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

namespace stepwell::logs::errors {

inline Error make(std::string_view code, std::string message, std::string detail = {}) {
  return {
      .fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = std::move(detail)};
}

inline Error group_exists() { return make("ResourceAlreadyExistsException", "The specified log group already exists"); }
inline Error group_not_found() { return make("ResourceNotFoundException", "The specified log group does not exist."); }
inline Error invalid_parameter(std::string message) { return make("InvalidParameterException", std::move(message)); }
inline Error policy_limit_exceeded() { return make("LimitExceededException", "Resource limit exceeded."); }
inline Error policy_not_found(std::string_view name) {
  return make("ResourceNotFoundException", fmt::format("Policy with name [{}] does not exist", name));
}
inline Error resource_not_found() {
  return make("ResourceNotFoundException", "The specified resource does not exist.");
}
inline Error stream_exists() {
  return make("ResourceAlreadyExistsException", "The specified log stream already exists");
}
inline Error stream_not_found() {
  return make("ResourceNotFoundException", "The specified log stream does not exist.");
}
inline Error too_many_tags(std::string_view arn) {
  return make("TooManyTagsException", fmt::format("The maximum number of tags per resource is exceeded: {}", arn));
}

using directory::not_implemented;

}  // namespace stepwell::logs::errors
