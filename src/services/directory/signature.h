#pragma once
// Signing a request that is no call of an AWS service: one to an API Gateway (execute-api).

#include "base/http.h"
#include "base/time.h"
#include "services/directory/access.h"

#include <string_view>

namespace stepwell::directory {

// The request is final otherwise, its host and target included.
void sign_request(http::Request& request, const Credentials& credentials, std::string_view region,
                  std::string_view service, Timestamp now);

}  // namespace stepwell::directory
