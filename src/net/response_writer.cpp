#include "net/response_writer.h"

#include "net/fields.h"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

namespace stepwell::net {
namespace {

namespace beast_http = boost::beast::http;

std::string_view reason_phrase(int status) {
  const auto text = beast_http::obsolete_reason(beast_http::int_to_status(static_cast<unsigned>(status)));
  return {text.data(), text.size()};
}

bool is_writable(const http::Response& response) {
  return response.status >= 200 && response.status <= 599 && are_writable(response.headers);
}

bool may_have_body(int status) { return status != 204 && status != 304; }
bool is_chunked(const Framing& framing) { return framing.minor_version > 0; }

}  // namespace

void write_response(http::Response response, const Framing& framing, OutputQueue& output) {
  if (!is_writable(response)) response = plain_response(500, {});
  auto& text = output.text();
  const auto status = fmt::format_int(response.status);
  text.append("HTTP/1.1 ")
      .append(status.data(), status.size())
      .append(" ")
      .append(reason_phrase(response.status))
      .append("\r\n");
  append_fields(response.headers, Message::response, text);
  if (response.stream != nullptr) {
    if (is_chunked(framing)) text.append("Transfer-Encoding: chunked\r\n");
  } else if (may_have_body(response.status)) {
    const auto length = fmt::format_int(response.body.size());
    text.append("Content-Length: ").append(length.data(), length.size()).append("\r\n");
  }
  text.append("Date: ").append(framing.date).append("\r\n");
  if (!framing.keep_alive) {
    text.append("Connection: close\r\n");
  } else if (framing.minor_version == 0) {
    text.append("Connection: keep-alive\r\n");
  }
  text.append("\r\n");
  if (may_have_body(response.status) && !framing.head) output.append(std::move(response.body));
}

void write_piece(std::string piece, const Framing& framing, OutputQueue& output) {
  if (!is_chunked(framing)) return output.append(std::move(piece));
  fmt::format_to(std::back_inserter(output.text()), "{:x}\r\n", piece.size());
  output.append(std::move(piece));
  output.text() += "\r\n";
}

void write_end_of_stream(const Framing& framing, OutputQueue& output) {
  if (is_chunked(framing)) output.text() += "0\r\n\r\n";
}

http::Response plain_response(int status, std::string_view explanation) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.body = fmt::format("{}{}{}\n", reason_phrase(status), explanation.empty() ? "" : ": ", explanation);
  return response;
}

}  // namespace stepwell::net
