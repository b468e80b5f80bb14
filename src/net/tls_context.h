#pragma once
// What both sides of TLS have in common: versions 1.2 and 1.3 with forward secrecy only, HTTP/1.1 by ALPN.

#include <cstdint>
#include <memory>

struct ssl_ctx_st;

namespace stepwell::net {

struct FreeTlsContext {
  void operator()(ssl_ctx_st* context) const;
};
using TlsContext = std::unique_ptr<ssl_ctx_st, FreeTlsContext>;

enum class TlsSide : std::uint8_t { server, client };

TlsContext make_tls_context(TlsSide side);

}  // namespace stepwell::net
