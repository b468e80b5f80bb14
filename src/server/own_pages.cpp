#include "server/own_pages.h"

#include <utility>

namespace stepwell::server {
namespace {

constexpr std::string_view folder = "/_stepwell/";
constexpr std::string_view metrics_page = "/metrics";

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

http::Response page(int status, std::string type, std::string body) {
  http::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", std::move(type));
  return response;
}

}  // namespace

bool is_backup_page(std::string_view target) { return path_of(target) == "/_stepwell/backup"; }

bool is_own_page(std::string_view target) { return target.starts_with(folder) || path_of(target) == metrics_page; }

http::Response own_page(const http::Request& request, const OwnPages& pages) {
  const std::string_view path = path_of(request.target);
  if (request.method != "GET" && request.method != "HEAD") return page(405, "text/plain", "Use GET.\n");
  if (path == "/_stepwell/health") return page(200, "application/json", pages.health());
  if (path == "/_stepwell/metrics" || path == metrics_page)
    return page(200, "text/plain; version=0.0.4; charset=utf-8", pages.metrics());
  return page(404, "text/plain",
              "There is no such page. See /_stepwell/console/, /_stepwell/health and /_stepwell/metrics.\n");
}

}  // namespace stepwell::server
