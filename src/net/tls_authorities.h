#pragma once
// Whom a TLS client believes: the system's authorities, and any given beside them. It keeps the last session with each
// host, so that the next handshake there is short. The system's authorities are read when they are first needed: that
// takes some 40 ms, which a start without https does not pay. Used on the loop's thread.

#include "base/error.h"
#include "net/tls_context.h"

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

struct ssl_session_st;

namespace stepwell::net {

// What a session can be taken up again with; nullptr: there is none.
using TlsTicket = std::shared_ptr<ssl_session_st>;

class TlsAuthorities {
 public:
  // `bundle`: certificates in PEM form that are trusted, too; empty: none. Error "InvalidCertificate".
  static Result<std::shared_ptr<TlsAuthorities>> load(std::string_view bundle);
  // Those of the system alone.
  static std::shared_ptr<TlsAuthorities> of_the_system();

  ssl_ctx_st* context();

  // `peer`: host and port. A session is taken up again only with the peer whose certificate it began with.
  TlsTicket ticket(const std::string& peer) const;
  void keep(const std::string& peer, TlsTicket ticket);

 private:
  TlsAuthorities() = default;

  TlsContext context_;  // none before it is first needed
  std::unordered_map<std::string, TlsTicket> tickets_;
};

}  // namespace stepwell::net
