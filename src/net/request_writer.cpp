#include "net/request_writer.h"

#include "net/fields.h"

#include <iterator>

#include <fmt/format.h>

namespace stepwell::net {

Result<std::string> request_header(const http::Request& request, const Url& url) {
  if (!is_token(request.method) || !are_writable(request.headers)) {
    return fail(
        {.fault = Fault::client,
         .code = "ProtocolError",
         .message =
             "The request cannot be sent: its method or a header field contains a character that HTTP does not allow",
         .detail = {}});
  }
  std::string text;
  text.append(request.method)
      .append(" ")
      .append(url.target)
      .append(" HTTP/1.1\r\nHost: ")
      .append(url.authority)
      .append("\r\n");
  append_fields(request.headers, Message::request, text);
  // A method that usually has a body says so when it has none (RFC 9110, section 8.6).
  const bool usually_has_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (usually_has_body || !request.body.empty())
    fmt::format_to(std::back_inserter(text), "Content-Length: {}\r\n", request.body.size());
  text.append("\r\n");
  return text;
}

}  // namespace stepwell::net
