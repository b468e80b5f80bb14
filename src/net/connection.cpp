#include "net/connection.h"

#include "net/context.h"
#include "net/listener.h"

#include <algorithm>
#include <array>
#include <utility>

namespace stepwell::net {
namespace {

constexpr std::size_t kMaxUnsent = 256U << 10U;
constexpr std::size_t kMaxUnparsed = 64U << 10U;
constexpr Duration kLinger{5'000};

}  // namespace

Connection::Connection(std::shared_ptr<Listener> listener, Socket socket, std::string peer,
                       Listener::Clients::value_type& client)
    : listener_(std::move(listener)),
      stream_(std::move(socket), listener_->certificate()),
      peer_(std::move(peer)),
      client_(client) {}

void Connection::start() {
  error_code failure;
  stream_.socket().non_blocking(true, failure);
  if (!failure) stream_.socket().set_option(Tcp::no_delay(true), failure);
  if (failure) return close();
  if (!stream_.is_tls()) return advance();
  shaking_ = true;
  watch_time();
  stream_.async_handshake([self = shared_from_this()](error_code outcome) { self->shaken(outcome); });
}

void Connection::shaken(error_code failure) {
  shaking_ = false;
  if (closed_) return;
  if (stream_.met_plain_http()) {
    stream_.become_plain();
    refuse(400, "This port speaks TLS: use https://");
  } else if (failure) {
    ++listener_->traffic().failed_handshakes;
    return close();
  }
  advance();
}

void Connection::finish() {
  if (answering_ || closed_ || lingering_) return;
  if (shaking_) return close();
  drop_request();
  input_.consume(input_.size());
  last_ = true;
  advance();
}

// What has come of the request.
void Connection::drop_request() {
  parser_.reset();
  listener_->large_body_ends(std::exchange(large_body_, 0));
}

void Connection::close() {
  if (std::exchange(closed_, true)) return;
  cancel();
  error_code ignored;
  stream_.socket().close(ignored);
  if (!lingering_) listener_->left();
  if (!answering_) drop_request();
  listener_->closed(shared_from_this(), client_);
  if (answering_) gone_.request_stop();
  if (stream_body_ && !asking_) end_stream();
}

void Connection::advance() {
  for (bool held_back = true; held_back;) {
    while (takes_requests() && parse_request()) answer();
    held_back = output_.size() >= kMaxUnsent;
    send();
    held_back = held_back && output_.empty();
  }
  if (closed_) return;
  ask_stream();
  if (!answering_ && output_.empty() && (last_ || ended_)) return linger();
  receive();
  watch_time();
}

bool Connection::takes_requests() const { return !closed_ && !answering_ && !last_ && output_.size() < kMaxUnsent; }

// Whether a whole request has come.
bool Connection::parse_request() {
  if (input_.empty()) return false;
  if (!parser_) {
    const auto& limits = listener_->limits();
    parser_.emplace(RequestParser::Limits{limits.max_header_bytes, limits.max_header_fields, limits.max_body_bytes},
                    static_cast<RequestParser::Gate*>(this));
    continued_ = false;
  }
  input_.consume(parser_->feed(input_.data()));
  if (parser_->refused()) {
    if (parser_->answer())
      refuse(*std::move(parser_->answer()));
    else
      refuse(parser_->refusal().status, parser_->refusal().reason);
    return false;
  }
  if (parser_->complete()) return true;
  if (parser_->header_complete()) {
    if (input_.size() >= kMaxUnparsed) {
      refuse(400, "A line of the chunked body is too long");
    } else if (parser_->expects_continue() && !std::exchange(continued_, true)) {
      output_.text() += "HTTP/1.1 100 Continue\r\n\r\n";
    }
  }
  return false;
}

Admission Connection::admit(const http::Request& header, std::optional<std::uint64_t> body_bytes) {
  Admission admission{.max_body_bytes = listener_->limits().max_body_bytes};
  if (listener_->doorkeeper()) {
    auto load = listener_->load(client_.second);
    ++load.requests;
    ++load.requests_of_client;
    admission = listener_->doorkeeper()(header, body_bytes, load);
  }
  const auto most = std::min<std::uint64_t>(body_bytes.value_or(admission.max_body_bytes), admission.max_body_bytes);
  if (most > kLargeBody) listener_->large_body_begins(large_body_ = most);
  return admission;
}

void Connection::refuse(int status, std::string_view reason) { refuse(plain_response(status, reason)); }

void Connection::refuse(http::Response response) {
  ++listener_->traffic().refused;
  write_response(std::move(response), {.keep_alive = false, .date = listener_->date()}, output_);
  drop_request();
  last_ = true;
}

void Connection::answer() {
  framing_ = {.minor_version = parser_->minor_version(),
              .keep_alive = parser_->keep_alive(),
              .head = parser_->is_head(),
              .date = {}};
  answering_ = true;
  in_handler_ = true;
  listener_->request_begins(client_);
  if (auto refusal = std::move(parser_->answer())) {
    parser_.reset();
    ++listener_->traffic().refused;
    answered(std::move(refusal));
  } else {
    hand_over();
  }
  in_handler_ = false;
}

void Connection::hand_over() {
  auto request = parser_->take_request();
  parser_.reset();
  request.peer = peer_;
  request.is_secure = stream_.is_tls();
  if (!gone_.stop_possible()) gone_ = std::stop_source();
  if (ended_) gone_.request_stop();
  try {
    stepwell::start(listener_->handler()(std::move(request), gone_.get_token()),
                    [self = shared_from_this()](std::optional<http::Response> response, const std::exception_ptr&) {
                      self->answered(std::move(response));
                    });
  } catch (...) {
    answered(std::nullopt);
  }
}

// No response: the handler has thrown.
void Connection::answered(std::optional<http::Response> response) {
  if (response && response->stream && !framing_.head && !closed_) return begin_stream(*std::move(response));
  answering_ = false;
  listener_->request_ends(client_);
  drop_request();
  if (closed_) return;
  phase_ = Phase::none;
  if (!response || listener_->draining()) framing_.keep_alive = false;
  if (!response) response = plain_response(500, {});
  framing_.date = listener_->date();
  last_ = !framing_.keep_alive;
  write_response(*std::move(response), framing_, output_);
  if (!in_handler_) advance();
}

void Connection::begin_stream(http::Response response) {
  phase_ = Phase::none;
  stream_body_ = response.stream;
  if (listener_->draining() || framing_.minor_version == 0) framing_.keep_alive = false;
  framing_.date = listener_->date();
  write_response(std::move(response), framing_, output_);
  if (!in_handler_) advance();
}

// The pieces come by way of the loop, so that a long body lets others have their turn.
void Connection::ask_stream() {
  if (!stream_body_ || asking_ || !output_.empty()) return;
  asking_ = true;
  stepwell::start(stream_body_->next(), [self = shared_from_this()](std::optional<std::optional<std::string>> piece,
                                                                    const std::exception_ptr& failure) {
    asio::post(self->stream_.socket().get_executor(),
               [self, piece = std::move(piece).value_or(std::nullopt), failure]() mutable {
                 self->piece_came(std::move(piece), failure);
               });
  });
}

void Connection::piece_came(std::optional<std::string> piece, const std::exception_ptr& failure) {
  asking_ = false;
  if (closed_) return end_stream();
  if (failure) return close();
  if (piece) {
    write_piece(*std::move(piece), framing_, output_);
  } else {
    write_end_of_stream(framing_, output_);
    end_stream();
    last_ = !framing_.keep_alive || listener_->draining();
  }
  advance();
}

void Connection::end_stream() {
  stream_body_.reset();
  answering_ = false;
  phase_ = Phase::none;
  listener_->request_ends(client_);
}

void Connection::receive() {
  if (reading_ || ended_) return;
  const auto space = input_.space(wanted_capacity());
  if (space.size() == 0) return;
  reading_ = true;
  stream_.async_read_some(
      space, [self = shared_from_this()](error_code failure, std::size_t bytes) { self->received(failure, bytes); });
}

std::size_t Connection::wanted_capacity() const {
  if (!parser_ || lingering_) return InputBuffer::kUsual;
  const auto doubled = input_.size() * 2;
  if (!parser_->header_complete())
    return std::clamp(doubled, InputBuffer::kUsual,
                      std::max(InputBuffer::kUsual, listener_->limits().max_header_bytes));
  return std::clamp(std::max(doubled, parser_->expected_body_bytes()), InputBuffer::kUsual, kMaxUnparsed);
}

void Connection::received(error_code failure, std::size_t bytes) {
  reading_ = false;
  if (closed_) return;
  if (failure && (failure != asio::error::eof || lingering_)) return close();
  if (failure) {
    ended_ = true;
    if (answering_) gone_.request_stop();  // the handler may answer in it
    if (closed_ || lingering_) return;
    return advance();
  }
  input_.commit(bytes);
  listener_->traffic().received_bytes += bytes;
  if (lingering_) {
    input_.consume(input_.size());
    return receive();
  }
  advance();
}

void Connection::send() {
  while (!closed_ && !writing_ && !output_.empty()) {
    error_code failure;
    const auto bytes = stream_.write_some(output_.front(), failure);
    if (failure == asio::error::would_block) return await_writable();
    if (failure) return close();
    output_.consume(bytes);
    sent_ += bytes;
    listener_->traffic().sent_bytes += bytes;
  }
}

void Connection::await_writable() {
  writing_ = true;
  stream_.socket().async_wait(Socket::wait_write, [self = shared_from_this()](error_code) {
    self->writing_ = false;
    if (!self->closed_) self->advance();
  });
}

// Closing a socket that has unread bytes, or gets more, resets the connection and can destroy the answer on its way. So
// only the sending side is closed, and what comes is read until the client closes too.
void Connection::linger() {
  lingering_ = true;
  listener_->left();
  error_code failure;
  stream_.shutdown_send(failure);
  if (failure || ended_) return close();
  input_.consume(input_.size());
  receive();
  watch_time();
}

Connection::Phase Connection::phase() const {
  if (shaking_) return Phase::handshake;
  if (lingering_) return Phase::lingering;
  if (writing_) return Phase::sending;
  if (answering_) return Phase::answering;
  if (!parser_ || !parser_->started()) return Phase::idle;
  return parser_->header_complete() ? Phase::body : Phase::header;
}

void Connection::watch_time() {
  const auto next = phase();
  if (std::exchange(phase_, next) == next) return;
  auto& timers = listener_->context().timers;
  const auto& limits = listener_->limits();
  switch (next) {
    case Phase::handshake: return timers.set(*this, limits.handshake_timeout);
    case Phase::idle: return timers.set(*this, limits.idle_timeout);
    case Phase::header: return timers.set(*this, limits.header_timeout);
    case Phase::body: return timers.set(*this, limits.body_timeout + time_for(parser_->expected_body_bytes()));
    case Phase::sending: sent_ = 0; return timers.set(*this, limits.body_timeout);
    case Phase::lingering: return timers.set(*this, kLinger);
    case Phase::answering:
    case Phase::none: return cancel();
  }
}

// At the lowest rate that is put up with.
Duration Connection::time_for(std::size_t bytes) const {
  return Duration(bytes * 1000 / std::max<std::size_t>(1, listener_->limits().min_bytes_per_second));
}

void Connection::expire() {
  const auto self = shared_from_this();
  const auto& limits = listener_->limits();
  if (phase_ == Phase::sending && sent_ > 0 && time_for(sent_) >= limits.body_timeout) {
    sent_ = 0;
    return listener_->context().timers.set(*this, limits.body_timeout);
  }
  if (phase_ != Phase::header && phase_ != Phase::body) return close();
  refuse(408, "The request took too long");
  advance();
}

}  // namespace stepwell::net
