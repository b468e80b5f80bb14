#pragma once
// The pages of the program itself: /_stepwell/health, /_stepwell/metrics (also at /metrics, where collectors look).

#include "base/http.h"

#include <functional>
#include <string>
#include <string_view>

namespace stepwell::server {

bool is_own_page(std::string_view target);
bool is_backup_page(std::string_view target);  // see backups.h

// What makes the texts of the pages.
struct OwnPages {
  std::function<std::string()> health;   // JSON
  std::function<std::string()> metrics;  // text for Prometheus
};
// For a target that is one, but for that of backups.
http::Response own_page(const http::Request& request, const OwnPages& pages);

}  // namespace stepwell::server
