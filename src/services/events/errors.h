#pragma once
// The errors of EventBridge, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

namespace stepwell::events::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error invalid(std::string message) { return make("ValidationException", std::move(message)); }
inline Error exists(std::string message) { return make("ResourceAlreadyExistsException", std::move(message)); }
inline Error not_found(std::string message) { return make("ResourceNotFoundException", std::move(message)); }
inline Error bus_not_found(std::string_view name) {
  return not_found(fmt::format("Event bus {} does not exist.", name));
}
inline Error rule_not_found(std::string_view name, std::string_view bus) {
  return not_found(fmt::format("Rule {} does not exist on EventBus {}.", name, bus));
}
inline Error connection_not_found(std::string_view name) {
  return not_found(fmt::format("Failed to describe the connection(s). Connection '{}' does not exist.", name));
}
inline Error destination_not_found(std::string_view name) {
  return not_found(
      fmt::format("Failed to describe the api-destination(s). An api-destination '{}' does not exist.", name));
}
inline Error limit_exceeded() {
  return make("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
}

using directory::not_implemented;

}  // namespace stepwell::events::errors
