#pragma once
// Which API a request is for: by its host ({api}.execute-api.<anything>, as AWS names APIs), or by its path
// (/_aws/execute-api/{api}/…), which needs no name to be resolved. What follows either is the path of the API:
// /{stage}/pets, or /pets of the stage $default.

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::apigateway {

inline constexpr std::string_view api_folder = "/_aws/execute-api/";

struct ApiAddress {
  std::string_view api;
  std::string_view target;  // path and query behind it, still encoded; begins with a slash, or is empty
  bool by_host = false;
};
// nullopt: it is for none. The views are of the texts given.
std::optional<ApiAddress> api_address(std::string_view host, std::string_view target);

}  // namespace stepwell::apigateway
