#pragma once
// Bytes to an http::Request: RFC 9112, by Beast's push parser, with the refusals that it leaves to its user. One parser
// reads one request; what it does not consume belongs to the next.
//
// Stricter than the RFC asks where leniency helps only attackers: no bare line feeds, one Host field, no
// Transfer-Encoding but "chunked", none at all in HTTP/1.0, no trailer fields among the header's.

#include "base/http.h"
#include "net/admission.h"

#include <string>
#include <string_view>

#include <boost/beast/http/basic_parser.hpp>

namespace stepwell::net {

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  struct Limits {
    std::size_t header_bytes;
    std::size_t header_fields;
    std::size_t body_bytes;  // where no gate says otherwise
  };
  // Why a request is refused; status 0: it is not.
  struct Refusal {
    int status = 0;
    std::string reason;
  };
  // Asked when the header has come and is well-formed.
  class Gate {
   public:
    virtual Admission admit(const http::Request& header, std::optional<std::uint64_t> body_bytes) = 0;

   protected:
    ~Gate() = default;
  };

  explicit RequestParser(const Limits& limits, Gate* gate = nullptr);

  // Returns how many bytes it has taken; call again with the rest and more until `complete` or `refused`.
  std::size_t feed(std::string_view bytes);

  bool started() const { return started_; }  // a first byte has come
  bool header_complete() const { return header_complete_; }
  bool complete() const { return is_done(); }
  bool refused() const { return refusal_.status != 0; }
  const Refusal& refusal() const { return refusal_; }

  // To be asked once the header is complete.
  bool keep_alive() const { return basic_parser::keep_alive(); }
  bool is_head() const { return request_.method == "HEAD"; }
  int minor_version() const { return minor_version_; }
  bool expects_continue() const { return expects_continue_; }
  std::size_t expected_body_bytes() const;  // still to come, as far as known

  // What the gate has refused it with.
  std::optional<http::Response>& answer() { return admission_.refusal; }
  http::Request take_request() { return std::move(request_); }

 private:
  using Field = boost::beast::http::field;
  using ErrorCode = boost::beast::error_code;
  using View = boost::beast::string_view;
  using Length = boost::optional<std::uint64_t>;

  void on_request_impl(boost::beast::http::verb, View method, View target, int version, ErrorCode& failure) override;
  void on_field_impl(Field field, View name, View value, ErrorCode& failure) override;
  void on_header_impl(ErrorCode& failure) override;
  void on_body_init_impl(const Length& length, ErrorCode& failure) override;
  std::size_t on_body_impl(View body, ErrorCode& failure) override;
  void on_chunk_header_impl(std::uint64_t bytes, View, ErrorCode& failure) override;
  std::size_t on_chunk_body_impl(std::uint64_t, View body, ErrorCode& failure) override;
  void on_finish_impl(ErrorCode&) override {}
  void on_response_impl(int, View, int, ErrorCode&) override {
  }  // never called: Beast declares both for either direction

  void take_target(std::string_view target, ErrorCode& failure);
  void take_host(std::string_view host, ErrorCode& failure);
  void take_transfer_encoding(std::string_view value, ErrorCode& failure);
  bool fits(std::size_t header_bytes);
  bool has_room(std::uint64_t body_bytes) const;
  std::optional<std::uint64_t> announced_body_bytes() const;
  void refuse(int status, std::string_view reason, ErrorCode& failure);
  Refusal refusal_of(const ErrorCode& failure, std::string_view rest) const;

  http::Request request_;
  Refusal refusal_;
  Gate* gate_;
  Admission admission_;
  std::size_t header_room_;
  std::size_t fields_left_;
  int minor_version_ = 1;
  bool started_ = false;
  bool header_complete_ = false;
  bool has_host_ = false;
  bool host_from_target_ = false;
  bool expects_continue_ = false;
};

}  // namespace stepwell::net
