#include "net/tls_authorities.h"

#include "base/check.h"
#include "net/openssl.h"

#include <fmt/format.h>
#include <openssl/err.h>

namespace stepwell::net {
namespace {

constexpr std::size_t kMaxTickets = 1024;

std::unexpected<Error> unusable(std::string message) {
  return fail({.code = "InvalidCertificate", .message = std::move(message), .detail = {}});
}

}  // namespace

ssl_ctx_st* TlsAuthorities::context() {
  if (context_ != nullptr) return context_.get();
  context_ = make_tls_context(TlsSide::client);
  CHECK(SSL_CTX_set_default_verify_paths(context_.get()) == 1);
  // An authority that was given is believed, whoever has signed it.
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context_.get()), X509_V_FLAG_PARTIAL_CHAIN);
  return context_.get();
}

std::shared_ptr<TlsAuthorities> TlsAuthorities::of_the_system() {
  return std::shared_ptr<TlsAuthorities>(new TlsAuthorities());
}

Result<std::shared_ptr<TlsAuthorities>> TlsAuthorities::load(std::string_view bundle) {
  auto authorities = of_the_system();
  if (bundle.empty()) return authorities;
  ERR_clear_error();
  X509_STORE* store = SSL_CTX_get_cert_store(authorities->context());
  const openssl::Bio in = openssl::reader(bundle);
  std::size_t count = 0;
  for (; const openssl::Certificate authority = openssl::read_certificate(in.get()); ++count) {
    if (X509_STORE_add_cert(store, authority.get()) != 1)
      return unusable(fmt::format("an authority's certificate cannot be used ({})", openssl::reason()));
  }
  const bool at_end = openssl::has_ended();
  const std::string why = openssl::reason();
  if (count == 0 || !at_end) return unusable(fmt::format("there is no certificate in PEM form ({})", why));
  return authorities;
}

TlsTicket TlsAuthorities::ticket(const std::string& peer) const {
  const auto found = tickets_.find(peer);
  return found == tickets_.end() ? nullptr : found->second;
}

void TlsAuthorities::keep(const std::string& peer, TlsTicket ticket) {
  if (tickets_.size() >= kMaxTickets && !tickets_.contains(peer)) tickets_.clear();
  tickets_[peer] = std::move(ticket);
}

}  // namespace stepwell::net
