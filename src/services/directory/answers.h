#pragma once
// The HTTP response that a client of a service would get: for whoever passes the answers of services on.

#include "base/http.h"
#include "services/directory/directory.h"

namespace stepwell::directory {

// In the protocol of the call, or the service's own where it names none.
http::Response answer_of(const Service& service, const wire::Call& call, const Result<wire::Reply>& reply);

}  // namespace stepwell::directory
