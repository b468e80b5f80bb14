#pragma once
// Header fields on their way out, in both directions.

#include "base/http.h"

#include <string>
#include <string_view>

namespace stepwell::net {

enum class Message { request, response };

bool is_token(std::string_view text);  // RFC 9110, section 5.6.2

// Whether every name is a token and no value can break out of its line.
bool are_writable(const http::Headers& headers);

// Writes the fields but for those that the writer of the message sets itself: the framing, Host in a request, Date in a
// response.
void append_fields(const http::Headers& headers, Message message, std::string& text);

}  // namespace stepwell::net
