#pragma once
// The header of an http::Request as bytes (RFC 9112). Host comes from the URL and the framing from the body: what the
// request says of them itself is left out.

#include "base/error.h"
#include "base/http.h"
#include "net/url.h"

#include <string>

namespace stepwell::net {

// Error "ProtocolError": the method or a field cannot be written.
Result<std::string> request_header(const http::Request& request, const Url& url);

}  // namespace stepwell::net
