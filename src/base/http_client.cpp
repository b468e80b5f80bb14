#include "base/http_client.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace stepwell::http {

bool is_unanswered(const Error& error) {
  constexpr auto codes = std::to_array<std::string_view>(
      {"CertificateExpired", "CertificateNameMismatch", "CertificateNotYetValid", "CertificateUntrusted",
       "ConnectionFailed", "InvalidUrl", "ProtocolError", "ResponseTooLarge", "Timeout", "TlsFailed"});
  return error.status == 0 && std::ranges::find(codes, error.code) != codes.end();
}

}  // namespace stepwell::http
