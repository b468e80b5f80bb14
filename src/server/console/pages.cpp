#include "server/console/pages.h"

#include "server/console/assets.h"

#include <string>

namespace stepwell::server::console {
namespace {

constexpr std::string_view place = "/_stepwell/console";

// Styles may stand in the page, because the editor makes its own; scripts may not, and nothing becomes a script or HTML
// from a text (Trusted Types), but for the worker that lays graphs out.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types stepwell-worker";

std::string_view path_of(std::string_view target) { return target.substr(0, target.find('?')); }

http::Response text(int status, std::string body) {
  http::Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  return response;
}

http::Response moved(int status) {
  http::Response response = text(status, "The console is at /_stepwell/console/\n");
  response.headers.add("Location", "/_stepwell/console/");
  return response;
}

void add_protection(http::Headers& headers) {
  headers.add("Content-Security-Policy", std::string(policy));
  headers.add("Cross-Origin-Opener-Policy", "same-origin");
  headers.add("Cross-Origin-Resource-Policy", "same-origin");
  headers.add("Referrer-Policy", "no-referrer");
  headers.add("X-Content-Type-Options", "nosniff");
}

bool takes_gzip(const http::Request& request) { return request.headers.get("Accept-Encoding").contains("gzip"); }

http::Response file(const http::Request& request, const Asset& asset) {
  http::Response response;
  const bool has_digest = asset.path.starts_with("assets/");
  response.headers.add("Cache-Control", has_digest ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.add("ETag", std::string(asset.etag));
  response.headers.add("Vary", "Accept-Encoding");
  add_protection(response.headers);
  if (request.headers.get("If-None-Match").contains(asset.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", std::string(asset.type));
  if (takes_gzip(request)) {
    response.headers.add("Content-Encoding", "gzip");
    response.body = asset.gzip;
  } else {
    response.body = uncompressed(asset);
  }
  return response;
}

}  // namespace

bool is_page(std::string_view target) {
  const std::string_view path = path_of(target);
  return path == place || (path.starts_with(place) && path[place.size()] == '/');
}

bool is_visit(const http::Request& request) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  return reads && path_of(request.target) == "/" && request.headers.get("Accept").contains("text/html");
}

http::Response way_in() { return moved(302); }

http::Response page(const http::Request& request) {
  if (request.method != "GET" && request.method != "HEAD") return text(405, "Use GET.\n");
  const std::string_view path = path_of(request.target);
  if (path == place) return moved(308);
  const std::string_view name = path.substr(place.size() + 1);
  if (const Asset* asset = find_asset(name)) return file(request, *asset);
  if (name.starts_with("assets/")) return text(404, "There is no such file.\n");
  if (const Asset* index = find_asset("index.html")) return file(request, *index);
  return text(404, "This program was built without its console (STEPWELL_CONSOLE=OFF).\n");
}

}  // namespace stepwell::server::console
