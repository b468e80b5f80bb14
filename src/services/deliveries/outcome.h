#pragma once
// What a failed attempt means.

#include "base/error.h"
#include "base/http.h"

#include <string_view>

namespace stepwell::deliveries {

// Whether trying again cannot help: the client's fault, throttling aside.
bool is_final(const Error& error);

// What the answer to a request says (delivery.h).
Result<void> outcome_of(const http::Response& response);

// EventBridge's name of an error, as its dead letters tell it: NO_PERMISSIONS, THROTTLING, …
std::string_view event_error_code(const Error& error);

}  // namespace stepwell::deliveries
