#pragma once
// The URLs that the client can call: http[s]://host[:port][/path][?query] (RFC 3986). A fragment is dropped, as it is
// never sent; user information is refused: it is no part of a request.

#include "base/error.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace stepwell::net {

struct Url {
  std::string host;  // a name or an address; an IPv6 address without its brackets
  std::uint16_t port = 80;
  bool is_secure = false;  // https
  std::string authority;   // for the Host field: as written, the port only if it is not the scheme's
  std::string target;      // path and query, "/" at least
};

// Error "InvalidUrl".
Result<Url> parse_url(std::string_view text);

}  // namespace stepwell::net
