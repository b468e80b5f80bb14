#pragma once
// The exceptions of Amazon ECS, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

namespace stepwell::ecs::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error client(std::string message) { return make("ClientException", std::move(message)); }
inline Error invalid(std::string message) { return make("InvalidParameterException", std::move(message)); }
inline Error cluster_not_found() { return make("ClusterNotFoundException", "Cluster not found."); }
inline Error task_not_found() { return invalid("The referenced task was not found."); }
inline Error resource_not_found(std::string_view arn) {
  return make("ResourceNotFoundException", fmt::format("The specified resource was not found: {}", arn));
}

using directory::not_implemented;

}  // namespace stepwell::ecs::errors
