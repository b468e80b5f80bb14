#include "services/deliveries/outcome.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace stepwell::deliveries {
namespace {

constexpr int too_many_requests = 429;

bool is_throttling(const Error& error) {
  static constexpr auto codes =
      std::to_array<std::string_view>({"TooManyRequests", "Throttl", "RequestLimitExceeded", "ProvisionedThroughput"});
  return error.status == too_many_requests ||
         std::ranges::any_of(codes, [&](std::string_view code) { return error.code.contains(code); });
}

}  // namespace

bool is_final(const Error& error) {
  if (error.status >= 500 && error.code != "NotImplemented") return false;
  return error.fault == Fault::client && !is_throttling(error);
}

Result<void> outcome_of(const http::Response& response) {
  const int status = response.status;
  if (status >= 200 && status < 300) return {};
  const bool is_retried = status == 409 || status == too_many_requests || status >= 500;
  return fail({.fault = is_retried ? Fault::server : Fault::client,
               .code = fmt::format("HttpStatus{}", status),
               .message = fmt::format("The endpoint answered with status {}.", status),
               .status = status});
}

std::string_view event_error_code(const Error& error) {
  struct Name {
    std::string_view part;  // of the error's code
    std::string_view code;
  };
  static constexpr auto names = std::to_array<Name>({{"AccessDenied", "NO_PERMISSIONS"},
                                                     {"NotAuthorized", "NO_PERMISSIONS"},
                                                     {"AuthorizationError", "NO_PERMISSIONS"},
                                                     {"NotFound", "NO_RESOURCE"},
                                                     {"NonExistent", "NO_RESOURCE"},
                                                     {"DoesNotExist", "NO_RESOURCE"},
                                                     {"AlreadyExists", "RESOURCE_ALREADY_EXISTS"},
                                                     {"LimitExceeded", "RESOURCE_LIMIT_EXCEEDED"},
                                                     {"Invalid", "INVALID_PARAMETER"},
                                                     {"Validation", "INVALID_PARAMETER"},
                                                     {"Timeout", "TIMEOUT"},
                                                     {"ConnectionFailed", "CONNECTION_FAILURE"},
                                                     {"HttpStatus", "SDK_CLIENT_ERROR"}});
  if (is_throttling(error)) return "THROTTLING";
  const auto found = std::ranges::find_if(names, [&](const Name& name) { return error.code.contains(name.part); });
  if (found != names.end()) return found->code;
  return error.fault == Fault::client ? "SDK_CLIENT_ERROR" : "ERROR_FROM_TARGET";
}

}  // namespace stepwell::deliveries
