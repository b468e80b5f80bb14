#pragma once
// Links that messages carry for their receivers, who have no keys: the secret is in the link, or there is none.

#include "base/http.h"
#include "wire/api_model.h"

namespace stepwell::server {

// Whether the request is a link of the service (open_links.def) that nobody has signed.
bool is_open_link(const wire::ApiModel& model, const http::Request& request);

}  // namespace stepwell::server
