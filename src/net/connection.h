#pragma once
// One client of a Listener: reads requests, hands them one after another to the handler, sends the answers in order.
//
// Everything that happens (bytes came, an answer is ready, the socket takes more, time is up) ends in `advance`, the
// one place that decides what is next. All requests of one read are answered before anything is sent, so a handler that
// answers at once costs one write however many requests came.
//
// What one connection can hold is bounded: InputBuffer and one request of what it sends, kMaxUnsent and one answer of
// what it does not read; past that it is not served until it reads.
//
// The socket is read while a handler is suspended, as far as the buffer has room: that is how the client's leaving is
// seen. The end of its stream counts as having left (a process that died sends no more than that), but the answer is
// sent all the same if the handler gives one: a client that closes only its sending side gets it.
//
// An answer with a stream is asked for a piece when all before it has left; the request is under way until its end.

#include "base/http_server.h"
#include "base/http_stream.h"
#include "net/asio.h"
#include "net/input_buffer.h"
#include "net/listener.h"
#include "net/output_queue.h"
#include "net/request_parser.h"
#include "net/response_writer.h"
#include "net/stream.h"
#include "net/timer_wheel.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace stepwell::net {

class Connection final : public std::enable_shared_from_this<Connection>,
                         private TimerWheel::Entry,
                         private RequestParser::Gate {
 public:
  Connection(std::shared_ptr<Listener> listener, Socket socket, std::string peer,
             Listener::Clients::value_type& client);

  void start();
  void finish();  // once no request is under way; one that has not come whole is not
  void close();   // at once

 private:
  // What the client is given time for.
  enum class Phase { none, handshake, idle, header, body, answering, sending, lingering };

  void shaken(error_code failure);
  void advance();
  bool takes_requests() const;
  bool parse_request();
  void answer();
  void hand_over();
  void answered(std::optional<http::Response> response);
  void begin_stream(http::Response response);
  void ask_stream();
  void piece_came(std::optional<std::string> piece, const std::exception_ptr& failure);
  void end_stream();
  Admission admit(const http::Request& header, std::optional<std::uint64_t> body_bytes) override;
  void refuse(int status, std::string_view reason);
  void refuse(http::Response response);
  void drop_request();

  void receive();
  void received(error_code failure, std::size_t bytes);
  std::size_t wanted_capacity() const;
  void send();
  void await_writable();
  void linger();

  Phase phase() const;
  void watch_time();
  Duration time_for(std::size_t bytes) const;
  void expire() override;

  const std::shared_ptr<Listener> listener_;
  Stream stream_;
  const std::string peer_;
  Listener::Clients::value_type& client_;
  InputBuffer input_;
  OutputQueue output_;
  std::optional<RequestParser> parser_;            // of the request that is coming
  Framing framing_;                                // of the request that is being answered
  std::shared_ptr<http::BodyStream> stream_body_;  // of the answer that is being sent, if it has one
  std::stop_source gone_{std::nostopstate};
  Phase phase_ = Phase::none;
  std::size_t large_body_ = 0;  // bytes that the request may keep, where they are many
  std::size_t sent_ = 0;        // since the time that sending has was set
  bool continued_ = false;      // 100 Continue is sent for the request that is coming
  bool reading_ = false;
  bool writing_ = false;    // waits for the socket to take more
  bool shaking_ = false;    // the TLS handshake is under way
  bool answering_ = false;  // the handler has a request, or its answer comes piece by piece
  bool asking_ = false;     // for the next piece
  bool in_handler_ = false;
  bool last_ = false;   // no further request is taken
  bool ended_ = false;  // the client sends no more
  bool lingering_ = false;
  bool closed_ = false;
};

}  // namespace stepwell::net
