#include "services/apigateway/serving/headers.h"

#include <algorithm>
#include <array>

namespace stepwell::apigateway {
namespace {

constexpr auto connection_headers =
    std::to_array<std::string_view>({"connection", "content-length", "keep-alive", "proxy-connection", "te", "trailer",
                                     "transfer-encoding", "upgrade"});

bool is_token_character(char c) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.contains(c);
}

}  // namespace

bool is_header(std::string_view name, std::string_view value) {
  const auto is_control = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; };
  return !name.empty() && std::ranges::all_of(name, is_token_character) && std::ranges::none_of(value, is_control);
}

bool is_of_connection(std::string_view name) {
  return std::ranges::any_of(connection_headers,
                             [&](std::string_view each) { return http::equals_ignoring_case(each, name); });
}

}  // namespace stepwell::apigateway
