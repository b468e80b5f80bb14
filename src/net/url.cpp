#include "net/url.h"

#include "base/http.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace stepwell::net {
namespace {

constexpr std::size_t kMaxUrl = 64U << 10U;
constexpr std::size_t kMaxHost = 255;

std::unexpected<Error> invalid(std::string_view url, std::string_view why) {
  return fail({.fault = Fault::client,
               .code = "InvalidUrl",
               .message = fmt::format("Invalid URL \"{}\": {}", url.substr(0, 200), why),
               .detail = {}});
}

bool is_printable(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return (c >= '\0' && c <= ' ') || c == '\x7f'; });
}

bool is_host_name(std::string_view text) {
  return !text.empty() && text.size() <= kMaxHost && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_';
  });
}

bool is_ipv6_text(std::string_view text) {
  return !text.empty() && text.size() <= kMaxHost &&
         text.find_first_not_of("0123456789abcdefABCDEF:.") == std::string_view::npos;
}

// ":8080"; nothing, or a lone colon, is the usual port.
bool parse_port(std::string_view text, std::uint16_t& port) {
  if (text.empty() || text == ":") return true;
  if (text.front() != ':') return false;
  const auto* end = text.data() + text.size();
  const auto [rest, failure] = std::from_chars(text.data() + 1, end, port);
  return failure == std::errc() && rest == end && port != 0;
}

}  // namespace

Result<Url> parse_url(std::string_view text) {
  if (text.size() > kMaxUrl) return invalid(text, "it is too long");
  if (!is_printable(text)) return invalid(text, "it contains a space or a control character");
  const auto scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return invalid(text, "it does not begin with http:// or https://");
  const auto scheme = text.substr(0, scheme_end);
  Url url;
  url.is_secure = http::equals_ignoring_case(scheme, "https");
  if (!url.is_secure && !http::equals_ignoring_case(scheme, "http"))
    return invalid(text, "it does not begin with http:// or https://");

  auto rest = text.substr(scheme_end + 3);
  rest = rest.substr(0, rest.find('#'));
  const auto authority = rest.substr(0, rest.find_first_of("/?"));
  const auto target = rest.substr(authority.size());
  if (authority.contains('@')) return invalid(text, "user information is not sent");

  const std::uint16_t usual_port = url.is_secure ? 443 : 80;
  url.port = usual_port;
  const bool bracketed = authority.starts_with('[');
  const auto host_end = std::min(bracketed ? authority.find(']') : authority.find(':'), authority.size());
  const auto host = bracketed ? authority.substr(1, host_end - 1) : authority.substr(0, host_end);
  const auto port = authority.substr(std::min(host_end + (bracketed ? 1 : 0), authority.size()));
  if (bracketed ? host_end == authority.size() || !is_ipv6_text(host) : !is_host_name(host))
    return invalid(text, "it names no host");
  if (!parse_port(port, url.port)) return invalid(text, "the port is not a number from 1 to 65535");
  url.host = host;
  url.authority = bracketed ? fmt::format("[{}]", host) : std::string(host);
  if (url.port != usual_port) url.authority += fmt::format(":{}", url.port);
  url.target = target.starts_with('/') ? target : fmt::format("/{}", target);
  return url;
}

}  // namespace stepwell::net
