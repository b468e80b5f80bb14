#pragma once
// The errors of AWS Batch: everything that a caller can do about is a ClientException.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::batch::errors {

inline Error client(std::string message) {
  return {.code = "ClientException", .message = std::move(message), .detail = {}};
}
// What AWS says of parameters that it has looked at itself.
inline Error refused(std::string_view why) {
  return client(fmt::format("Error executing request, Exception : {}", why));
}

inline Error object_exists() { return client("Object already exists"); }
inline Error environment_not_found(std::string_view name) {
  return client(fmt::format("ComputeEnvironment {} not found.", name));
}
inline Error environment_in_use() { return client("Cannot delete, found existing JobQueue relationship"); }
inline Error not_disabled() { return client("Cannot delete, resource must be in DISABLED state"); }
inline Error queue_not_found(std::string_view name) { return client(fmt::format("JobQueue {} not found.", name)); }
inline Error queue_disabled(std::string_view name) {
  return client(fmt::format("JobQueue {} is not in ENABLED state.", name));
}
inline Error definition_not_found(std::string_view name) {
  return client(fmt::format("JobDefinition name {} does not exist or is not in ACTIVE status", name));
}
inline Error job_not_found(std::string_view id) { return client(fmt::format("Job {} not found.", id)); }
inline Error resource_not_found(std::string_view arn) { return client(fmt::format("Resource {} not found.", arn)); }
inline Error quota_exceeded(std::string_view what) { return client(fmt::format("Limit of {} exceeded.", what)); }

using directory::not_implemented;

}  // namespace stepwell::batch::errors
