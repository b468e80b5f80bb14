#pragma once
// Headers that gateways pass on, and those that they do not.

#include "base/http.h"

#include <string_view>

namespace stepwell::apigateway {

// Whether they can stand in a message.
bool is_header(std::string_view name, std::string_view value);
// Whether the header is about the connection that the message came by (RFC 9110, section 7.6.1), or about how the
// body is written there.
bool is_of_connection(std::string_view name);

}  // namespace stepwell::apigateway
