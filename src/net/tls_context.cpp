#include "net/tls_context.h"

#include "base/check.h"

#include <csignal>
#include <string_view>

#include <openssl/ssl.h>

namespace stepwell::net {
namespace {

constexpr std::string_view kHttp = "\x08http/1.1";
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";  // of TLS 1.2; those of 1.3 are all good

const unsigned char* http() { return reinterpret_cast<const unsigned char*>(kHttp.data()); }

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size, const unsigned char* offered,
                    unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int outcome = SSL_select_next_proto(&found, size, http(), kHttp.size(), offered, offered_size);
  *chosen = found;
  return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_ALERT_FATAL;
}

void configure(SSL_CTX* context) {
  CHECK(SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1);
  CHECK(SSL_CTX_set_cipher_list(context, kCiphers) == 1);
  CHECK(SSL_CTX_set1_groups_list(context, "X25519:P-256:P-384") == 1);
  SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_mode(context,
                   SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
}

void configure_server(SSL_CTX* context) {
  // What clients send says itself where it ends: a stream that ends without TLS's farewell is an end like any other.
  SSL_CTX_set_options(context,
                      SSL_OP_IGNORE_UNEXPECTED_EOF | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  // Clients resume by tickets; nothing of them is kept here.
  SSL_CTX_set_num_tickets(context, 1);
  SSL_CTX_set_alpn_select_cb(context, choose_protocol, nullptr);
}

void configure_client(SSL_CTX* context) {
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  CHECK(SSL_CTX_set_alpn_protos(context, http(), kHttp.size()) == 0);
}

}  // namespace

void FreeTlsContext::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

TlsContext make_tls_context(TlsSide side) {
  // OpenSSL writes to sockets without MSG_NOSIGNAL: a peer that has left would end the program.
  std::signal(SIGPIPE, SIG_IGN);
  TlsContext context(SSL_CTX_new(side == TlsSide::server ? TLS_server_method() : TLS_client_method()));
  CHECK(context != nullptr);
  configure(context.get());
  side == TlsSide::server ? configure_server(context.get()) : configure_client(context.get());
  return context;
}

}  // namespace stepwell::net
