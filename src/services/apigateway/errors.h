#pragma once
// The errors of API Gateway, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

namespace stepwell::apigateway::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error bad_request(std::string message) { return make("BadRequestException", std::move(message)); }
inline Error conflict(std::string message) { return make("ConflictException", std::move(message)); }
inline Error not_found(std::string message) { return make("NotFoundException", std::move(message)); }
inline Error api_not_found(std::string_view account, std::string_view id) {
  return not_found(fmt::format("Invalid API identifier specified {}:{}", account, id));
}

using directory::not_implemented;

}  // namespace stepwell::apigateway::errors
