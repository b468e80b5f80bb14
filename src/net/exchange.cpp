#include "net/exchange.h"

#include "net/await.h"
#include "net/file_descriptor.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/socket.h>
#include <sys/un.h>
#include <utility>

#include <boost/asio/ip/basic_resolver.hpp>
#include <fmt/format.h>

namespace stepwell::net {
namespace {

// "localhost" and what ends in ".localhost" are this machine (RFC 6761, 6.3); not every machine's files say so.
bool is_localhost(std::string_view host) {
  constexpr std::string_view name = "localhost";
  if (host.size() < name.size() || !http::equals_ignoring_case(host.substr(host.size() - name.size()), name))
    return false;
  return host.size() == name.size() || host[host.size() - name.size() - 1] == '.';
}

constexpr std::size_t kMaxUnparsed = 64U << 10U;
constexpr std::size_t kBodyBuffer = 16U << 10U;
constexpr int kMaxInterim = 16;

std::string pool_name(const Url& url, const std::string& socket) {
  if (!socket.empty()) return "unix:" + socket;
  auto name = fmt::format("{}{}:{}", url.is_secure ? "https://" : "", url.host, url.port);
  std::ranges::transform(name, name.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return name;
}

Error server_error(std::string code, std::string message) {
  return {.fault = Fault::server, .code = std::move(code), .message = std::move(message), .detail = {}};
}

}  // namespace

Exchange::Exchange(std::shared_ptr<ConnectionPool> pool, http::Call call, Url url, std::string header)
    : pool_(std::move(pool)),
      call_(std::move(call)),
      url_(std::move(url)),
      header_(std::move(header)),
      host_(pool_name(url_, call_.socket)),
      stream_(Socket(pool_->context().io.get_executor())) {}

Task<Result<http::Response>> Exchange::run() {
  pool_->context().timers.set(*this, call_.timeout);
  const auto my_turn = pool_->wait_for_turn(host_);
  interrupt_ = [my_turn] {
    if (!my_turn.is_set()) my_turn.set(std::nullopt);
  };
  const auto turn = co_await my_turn;
  if (turn) {
    auto result = co_await converse_somehow();
    if (result || !timed_out_) co_return result;
  }
  co_return fail(
      server_error("Timeout", fmt::format("{} has not answered within {} ms", url_.authority, call_.timeout.count())));
}

// On a kept connection if there is one; if it turns out to be closed, on a new one.
Task<Result<http::Response>> Exchange::converse_somehow() {
  if (auto kept = pool_->take(host_)) {
    stream_ = *std::move(kept);
    auto result = co_await converse();
    if (result || answer_began_ || timed_out_) co_return result;
  }
  CO_TRY(co_await connect());
  co_return co_await converse();
}

Task<Result<http::Response>> Exchange::converse() {
  interrupt_ = [this] { close(); };
  const auto send_failure = co_await send();
  // A host may refuse a request before it has read it all: then its answer tells more than the failure to send.
  auto result = co_await receive();
  if (send_failure && !answer_began_) co_return fail(failed("send to", send_failure));
  if (result) remember_session();
  if (result && !send_failure && parser_->keep_alive() && input_.empty()) {
    pool_->keep(host_, std::move(stream_));
  } else {
    close();
  }
  co_return result;
}

// A server gives its tickets along with the answer.
void Exchange::remember_session() {
  if (stream_.tls() == nullptr || !std::exchange(connected_, false)) return;
  if (auto ticket = stream_.tls()->ticket()) pool_->authorities().keep(host_, std::move(ticket));
}

void Exchange::close() {
  error_code ignored;
  stream_.socket().close(ignored);
}

// A path is no address of the Internet: the socket is made here and handed over when it is connected, which takes no
// time within a machine.
Result<void> Exchange::connect_to_path() {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (call_.socket.size() >= sizeof address.sun_path) {
    return fail(server_error("ConnectionFailed", fmt::format("The path of a socket is too long: {}", call_.socket)));
  }
  call_.socket.copy(address.sun_path, call_.socket.size());
  FileDescriptor descriptor(::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  error_code failure;
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as the system has it
  if (::connect(descriptor.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    failure = error_code(errno, boost::system::system_category());
  }
  stream_ = Stream(Socket(pool_->context().io.get_executor()));
  if (!failure) stream_.socket().assign(Tcp::v4(), descriptor.get(), failure);
  if (!failure) descriptor.release();
  if (!failure) stream_.socket().non_blocking(true, failure);
  if (!failure) return {};
  return fail(
      server_error("ConnectionFailed", fmt::format("Could not connect to {}: {}", call_.socket, failure.message())));
}

Task<Result<void>> Exchange::connect() {
  if (!call_.socket.empty()) co_return connect_to_path();
  const auto addresses = co_await resolve();
  auto failure = addresses.failure;
  for (const auto& endpoint : addresses.endpoints) {
    if (timed_out_) break;
    stream_ = Stream(Socket(pool_->context().io.get_executor()));
    interrupt_ = [this] { close(); };
    auto& socket = stream_.socket();
    std::tie(failure) =
        co_await operation<error_code>([&](auto done) { socket.async_connect(endpoint, std::move(done)); });
    if (!failure) socket.non_blocking(true, failure);
    if (!failure) socket.set_option(Tcp::no_delay(true), failure);
    if (!failure) break;
  }
  if (failure) co_return fail(failed("connect to", failure));
  connected_ = true;
  if (url_.is_secure) CO_TRY(co_await secure());
  co_return Result<void>();
}

Task<Result<void>> Exchange::secure() {
  TlsAuthorities& authorities = pool_->authorities();
  stream_.begin_tls(authorities, url_.host, authorities.ticket(host_));
  const auto [failure] = co_await operation<error_code>([&](auto done) { stream_.async_handshake(std::move(done)); });
  if (failure) co_return fail(failed("connect to", failure));
  co_return Result<void>();
}

Task<Exchange::Addresses> Exchange::resolve() {
  error_code not_numeric;
  const auto address = asio::ip::make_address(url_.host, not_numeric);
  if (!not_numeric) co_return Addresses{{}, {Tcp::endpoint(address, url_.port)}};
  if (is_localhost(url_.host)) {
    co_return Addresses{{},
                        {Tcp::endpoint(asio::ip::address_v4::loopback(), url_.port),
                         Tcp::endpoint(asio::ip::address_v6::loopback(), url_.port)}};
  }

  const Pending<Addresses> resolved;
  const auto set = [resolved](Addresses addresses) {
    if (!resolved.is_set()) resolved.set(std::move(addresses));
  };
  // The name is looked up on a thread of its own, which cannot be interrupted: a late answer is dropped.
  asio::ip::basic_resolver<Tcp, Executor> resolver(pool_->context().io.get_executor());
  resolver.async_resolve(url_.host, std::to_string(url_.port), asio::ip::resolver_base::numeric_service,
                         [set](const error_code& failure, const auto& results) {
                           Addresses addresses{failure, {}};
                           for (const auto& entry : results) addresses.endpoints.push_back(entry.endpoint());
                           set(std::move(addresses));
                         });
  interrupt_ = [set] { set({asio::error::timed_out, {}}); };
  co_return co_await resolved;
}

Task<error_code> Exchange::send() {
  std::array<asio::const_buffer, 2> rest{asio::buffer(header_), asio::buffer(call_.request.body)};
  while (rest[0].size() + rest[1].size() > 0) {
    error_code failure;
    const auto bytes = stream_.write_some(rest, failure);
    if (failure == asio::error::would_block) {
      std::tie(failure) = co_await operation<error_code>(
          [&](auto done) { stream_.socket().async_wait(Socket::wait_write, std::move(done)); });
    }
    if (failure) co_return failure;
    const auto of_header = std::min(bytes, rest[0].size());
    rest[0] += of_header;
    rest[1] += bytes - of_header;
  }
  co_return error_code();
}

Task<Result<http::Response>> Exchange::receive() {
  for (int interim = 0; interim <= kMaxInterim; ++interim) {
    CO_TRY(co_await receive_one());
    if (!parser_->is_interim()) co_return parser_->take_response();
  }
  co_return fail(unusable("there are too many interim responses"));
}

Task<Result<void>> Exchange::receive_one() {
  const auto body = call_.request.method == "HEAD" ? ResponseParser::Body::none : ResponseParser::Body::as_framed;
  parser_.emplace(body, call_.max_response_bytes, call_.on_body);
  while (true) {
    if (!input_.empty()) input_.consume(parser_->feed(input_.data()));
    if (parser_->failure() == ResponseParser::Failure::too_large) {
      co_return fail(server_error("ResponseTooLarge", fmt::format("The answer of {} is larger than {} bytes",
                                                                  url_.authority, call_.max_response_bytes)));
    }
    if (parser_->failure() == ResponseParser::Failure::malformed) co_return fail(unusable(parser_->reason()));
    if (parser_->complete()) co_return Result<void>();
    if (input_.size() >= kMaxUnparsed) co_return fail(unusable("a line is too long"));
    const auto failure = co_await read();
    if (!failure) continue;
    if (failure == asio::error::eof && parser_->started()) parser_->feed_end();
    if (!parser_->complete()) co_return fail(failed("read the answer of", failure));
  }
}

Task<error_code> Exchange::read() {
  const auto space = input_.space(wanted_capacity());
  const auto [failure, bytes] =
      co_await operation<error_code, std::size_t>([&](auto done) { stream_.async_read_some(space, std::move(done)); });
  input_.commit(bytes);
  if (bytes > 0) answer_began_ = true;
  co_return failure;
}

std::size_t Exchange::wanted_capacity() const {
  const auto doubled = std::clamp(input_.size() * 2, InputBuffer::kUsual, kMaxUnparsed);
  if (!parser_->header_complete()) return doubled;
  return std::clamp(parser_->expected_body_bytes(), std::max(doubled, kBodyBuffer), kMaxUnparsed);
}

Error Exchange::failed(std::string_view doing, const error_code& failure) const {
  if (const TlsSession* tls = stream_.tls(); tls != nullptr && tls->failure()) {
    return server_error(tls->failure()->code,
                        fmt::format("Could not {} {}: {}", doing, url_.authority, tls->failure()->reason));
  }
  const auto reason = failure == asio::error::eof ? "it has closed the connection" : failure.message();
  return server_error("ConnectionFailed", fmt::format("Could not {} {}: {}", doing, url_.authority, reason));
}

Error Exchange::unusable(std::string_view reason) const {
  return server_error("ProtocolError", fmt::format("The answer of {} is not HTTP: {}", url_.authority, reason));
}

void Exchange::expire() {
  timed_out_ = true;
  // The call may end in it, and this object with it.
  if (auto interrupt = std::exchange(interrupt_, {})) interrupt();
}

}  // namespace stepwell::net
