#include "services/apigateway/serving/address.h"

#include <algorithm>

namespace stepwell::apigateway {
namespace {

constexpr std::string_view label = ".execute-api.";

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 32 && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

}  // namespace

std::optional<ApiAddress> api_address(std::string_view host, std::string_view target) {
  if (const std::size_t end = host.find(label); end != std::string_view::npos && is_id(host.substr(0, end))) {
    return ApiAddress{.api = host.substr(0, end), .target = target, .by_host = true};
  }
  if (!target.starts_with(api_folder)) return std::nullopt;
  target.remove_prefix(api_folder.size());
  const std::size_t end = std::min(target.find_first_of("/?"), target.size());
  if (!is_id(target.substr(0, end))) return std::nullopt;
  return ApiAddress{.api = target.substr(0, end), .target = target.substr(end)};
}

}  // namespace stepwell::apigateway
