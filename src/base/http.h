#pragma once
// HTTP messages as values, shared by the server side (net → wire) and the client port.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stepwell::http {

// Header fields in order; names compare without case.
class Headers {
 public:
  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  void reserve(std::size_t fields) { fields_.reserve(fields); }
  // The first field of that name, or an empty view.
  std::string_view get(std::string_view name) const;
  bool contains(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& fields() const { return fields_; }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

bool equals_ignoring_case(std::string_view a, std::string_view b);

struct Request {
  std::string method;  // upper case
  std::string
      target;  // origin form as sent: path and query, still percent-encoded; an absolute form arrives stripped to this
  std::string host;  // as received in the Host field (or the absolute form's authority), with port
  Headers headers;
  std::string body;
  std::string peer;        // "127.0.0.1:54321"
  bool is_secure = false;  // came over TLS
};

class BodyStream;  // http_stream.h

struct Response {
  int status = 200;
  Headers headers;  // without Content-Length, Date and Connection: the writer adds them
  std::string body;
  std::shared_ptr<BodyStream> stream = nullptr;  // the body, where it comes piece by piece; `body` is empty then
};

}  // namespace stepwell::http
