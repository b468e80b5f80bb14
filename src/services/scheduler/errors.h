#pragma once
// The errors of EventBridge Scheduler, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

namespace stepwell::scheduler::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error invalid(std::string message) { return make("ValidationException", std::move(message)); }
inline Error schedule_exists(std::string_view name) {
  return make("ConflictException", fmt::format("Schedule {} already exists.", name));
}
inline Error schedule_not_found(std::string_view name) {
  return make("ResourceNotFoundException", fmt::format("Schedule {} does not exist.", name));
}
inline Error group_exists(std::string_view name) {
  return make("ConflictException", fmt::format("Schedule group {} already exists.", name));
}
inline Error group_not_found(std::string_view name) {
  return make("ResourceNotFoundException", fmt::format("Schedule group {} does not exist.", name));
}
inline Error quota_exceeded(std::string_view what) {
  return make("ServiceQuotaExceededException", fmt::format("The quota of {} is used up.", what));
}

using directory::not_implemented;

}  // namespace stepwell::scheduler::errors
