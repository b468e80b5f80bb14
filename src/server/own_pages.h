#pragma once
// The pages of the program itself: /_stepwell/health, /_stepwell/metrics (also at /metrics, where collectors look).

#include "base/http.h"

#include <functional>
#include <string>
#include <string_view>

namespace stepwell::server {

bool is_own_page(std::string_view target);

// For a target that is one; `metrics` makes the text of that page.
http::Response own_page(const http::Request& request, const std::function<std::string()>& metrics);

}  // namespace stepwell::server
