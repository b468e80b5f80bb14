#include "net/openssl.h"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/pem.h>

namespace stepwell::net::openssl {
namespace {

constexpr std::size_t kMaxPem = 4U << 20U;

}  // namespace

std::string reason() {
  const char* text = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return text != nullptr ? text : "unknown reason";
}

Bio reader(std::string_view pem) {
  return Bio(BIO_new_mem_buf(pem.data(), static_cast<int>(std::min(pem.size(), kMaxPem))));
}

Certificate read_certificate(BIO* pem) { return Certificate(PEM_read_bio_X509(pem, nullptr, nullptr, nullptr)); }

bool has_ended() { return ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE; }

}  // namespace stepwell::net::openssl
