#pragma once
// HTTP/1.1 on a Loop, plain or over TLS: keep-alive, pipelining, Expect: 100-continue, chunked request bodies, HEAD,
// absolute-form targets, bounded headers, bodies, connections and times (RFC 9110 and 9112).
//
// A malformed request is answered 400 (408, 413, 414, 431, 501, 505 where they apply) and closes the connection; what
// was asked before it is answered first. A client that reads none of its answer for `body_timeout` is cut. `gone` is
// set when the client closes or resets the connection; closing only its sending side counts, but the answer is still
// sent. Connections beyond `max_connections` wait in the kernel's queue until one closes.

#include "base/http_server.h"
#include "net/admission.h"
#include "net/loop.h"
#include "net/tls_certificate.h"

namespace stepwell::net {

// What the ports that share it have seen. Of the loop's thread.
struct Traffic {
  std::uint64_t connections = 0;        // open now
  std::uint64_t accepted = 0;           // connections
  std::uint64_t turned_away = 0;        // connections closed at once: too many from one address
  std::uint64_t failed_handshakes = 0;  // of TLS
  std::uint64_t requests = 0;           // under way now
  std::uint64_t refused = 0;            // requests that never reached the handler
  std::uint64_t received_bytes = 0;     // without what TLS adds
  std::uint64_t sent_bytes = 0;
};

struct ServerSettings {
  http::ServerLimits limits = {};
  http::Handler handler;
  Doorkeeper doorkeeper = {};                        // none: everything is let in, up to the limits
  std::shared_ptr<TlsCertificate> certificate = {};  // none: plain
  std::shared_ptr<Traffic> traffic = std::make_shared<Traffic>();
};

class Network final : public http::Network {
 public:
  explicit Network(Loop& loop) : loop_(&loop) {}
  Result<std::unique_ptr<http::Server>> listen(const std::string& address, std::uint16_t port,
                                               http::ServerLimits limits, http::Handler handler) override;
  Result<std::unique_ptr<http::Server>> open(const std::string& address, std::uint16_t port, ServerSettings settings);

 private:
  Loop* loop_;
};

}  // namespace stepwell::net
