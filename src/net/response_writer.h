#pragma once
// An http::Response as bytes (RFC 9112). The writer frames: Content-Length, Date and Connection come from it, and what
// a response says of them itself, or of Transfer-Encoding, is left out.
//
// Of a response with a stream only the header is written. Its pieces follow as chunks, or as they are for HTTP/1.0,
// whose body ends with the connection.

#include "base/http.h"
#include "net/output_queue.h"

#include <string_view>

namespace stepwell::net {

// What the answer must suit.
struct Framing {
  int minor_version = 1;   // of the request: HTTP/1.0 is told of keep-alive, HTTP/1.1 of close
  bool keep_alive = true;  // after this answer
  bool head = false;       // the request is HEAD: the length of the body, not the body
  std::string_view date;
};

// A response that cannot be a header (a control character in a field, a status out of 200..599) is a bug of the
// handler: it is written as 500.
void write_response(http::Response response, const Framing& framing, OutputQueue& output);

void write_piece(std::string piece, const Framing& framing, OutputQueue& output);
void write_end_of_stream(const Framing& framing, OutputQueue& output);

// A short text answer with the reason phrase of `status`.
http::Response plain_response(int status, std::string_view explanation);

}  // namespace stepwell::net
