#pragma once
// Bytes to an http::Response: RFC 9112, by Beast's push parser. One parser reads one response, its body by length, by
// chunks or up to the end of the stream; interim (1xx) responses are responses of their own.

#include "base/http.h"

#include <functional>
#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

namespace stepwell::net {

class ResponseParser final : private boost::beast::http::basic_parser<false> {
 public:
  enum class Body { as_framed, none };  // none: the request was HEAD
  enum class Failure { none, malformed, too_large };

  // `on_body` gets the body of a 2xx answer, which is not bounded then; empty: the response has it. It outlives the
  // parser.
  ResponseParser(Body body, std::size_t max_body_bytes, const std::function<void(std::string_view)>& on_body);

  // Returns how many bytes it has taken; call again with the rest and more until `complete` or a failure.
  std::size_t feed(std::string_view bytes);
  void feed_end();  // of the stream: completes a body without a length, cuts any other short

  bool started() const { return got_some(); }
  bool header_complete() const { return header_complete_; }
  bool complete() const { return is_done(); }
  bool is_interim() const { return response_.status >= 100 && response_.status < 200 && response_.status != 101; }
  bool keep_alive() const { return basic_parser::keep_alive(); }
  Failure failure() const { return failure_; }
  const std::string& reason() const { return reason_; }
  std::size_t expected_body_bytes() const;  // still to come, as far as known

  http::Response take_response() { return std::move(response_); }

 private:
  using Field = boost::beast::http::field;
  using ErrorCode = boost::beast::error_code;
  using View = boost::beast::string_view;
  using Length = boost::optional<std::uint64_t>;

  void on_response_impl(int status, View reason, int version, ErrorCode&) override;
  void on_field_impl(Field, View name, View value, ErrorCode& failure) override;
  void on_header_impl(ErrorCode&) override { header_complete_ = true; }
  void on_body_init_impl(const Length& length, ErrorCode&) override;
  std::size_t on_body_impl(View body, ErrorCode&) override;
  void on_chunk_header_impl(std::uint64_t, View, ErrorCode&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failure) override;
  void on_finish_impl(ErrorCode&) override {}
  void on_request_impl(boost::beast::http::verb, View, View, int, ErrorCode&) override {
  }  // never called: see RequestParser

  void note(const ErrorCode& failure);
  bool passes_body_on() const { return on_body_ && response_.status >= 200 && response_.status < 300; }

  const std::function<void(std::string_view)>& on_body_;
  http::Response response_;
  std::size_t header_room_;
  bool header_complete_ = false;
  Failure failure_ = Failure::none;
  std::string reason_;
};

}  // namespace stepwell::net
