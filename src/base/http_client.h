#pragma once
// The port for calls to other programs over HTTP. Implementation: net/http_client.h; tests bring their own.

#include "base/error.h"
#include "base/http.h"
#include "base/task.h"
#include "base/time.h"

#include <functional>
#include <string>
#include <string_view>

namespace stepwell::http {

struct Call {
  std::string url;  // http[s]://host:port/path?query
  Request request;  // method, headers, body; target and host are taken from the URL
  Duration timeout{60'000};
  std::size_t max_response_bytes = 8U << 20U;
  std::string socket = {};  // path of a Unix socket that is called in place of the URL's host; empty: none
  // Gets the body of a 2xx answer as it comes, however long it is; the answer itself has none then.
  std::function<void(std::string_view)> on_body = {};
};

class Client {
 public:
  virtual ~Client() = default;
  // Any status is a success here. Errors: "ConnectionFailed", "Timeout", "ResponseTooLarge", "InvalidUrl",
  // "ProtocolError"; of https "CertificateUntrusted", "CertificateNameMismatch", "CertificateExpired",
  // "CertificateNotYetValid", "TlsFailed".
  virtual Task<Result<Response>> send(Call call) = 0;
};

// Whether the error is one of those: no answer came that could be quoted.
bool is_unanswered(const Error& error);

}  // namespace stepwell::http
