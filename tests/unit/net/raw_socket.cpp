#include "raw_socket.h"

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/un.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace stepwell::net {
namespace {

constexpr int kPatience = 20'000;

int checked(int result) {
  if (result < 0) throw std::system_error(errno, std::generic_category());
  return result;
}

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

const sockaddr* generic(const sockaddr_in& address) { return reinterpret_cast<const sockaddr*>(&address); }

}  // namespace

RawSocket::RawSocket(RawSocket&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), pending_(std::move(other.pending_)) {}

RawSocket& RawSocket::operator=(RawSocket&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(pending_, other.pending_);
  return *this;
}

RawSocket RawSocket::connect(std::uint16_t port, int receive_buffer) {
  RawSocket socket(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
  if (receive_buffer != 0) {
    checked(setsockopt(socket.descriptor_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer));
  }
  const auto address = loopback(port);
  checked(::connect(socket.descriptor_, generic(address), sizeof address));
  return socket;
}

bool RawSocket::wait(short events, int milliseconds) {
  pollfd poll{descriptor_, events, 0};
  return checked(::poll(&poll, 1, milliseconds)) > 0;
}

void RawSocket::send(std::string_view bytes) {
  while (!bytes.empty()) {
    bytes.remove_prefix(static_cast<std::size_t>(
        checked(static_cast<int>(::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL)))));
  }
}

std::size_t RawSocket::send_what_fits(std::string_view bytes) {
  std::size_t sent = 0;
  while (sent < bytes.size() && wait(POLLOUT, 300)) {
    const auto rest = bytes.substr(sent);
    const auto count = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0) break;
    sent += static_cast<std::size_t>(count);
  }
  return sent;
}

bool RawSocket::fill() {
  if (!wait(POLLIN, kPatience)) throw std::runtime_error("nothing was received in time");
  std::array<char, 65'536> bytes;
  const auto count = ::recv(descriptor_, bytes.data(), bytes.size(), 0);
  if (count <= 0) return false;
  pending_.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawSocket::take(std::size_t bytes) {
  auto taken = pending_.substr(0, bytes);
  pending_.erase(0, taken.size());
  return taken;
}

std::string RawSocket::receive_some() {
  if (pending_.empty()) fill();
  return std::exchange(pending_, {});
}

std::string RawSocket::receive(std::size_t bytes) {
  while (pending_.size() < bytes && fill()) {
  }
  return take(bytes);
}

std::string RawSocket::receive_all() {
  while (fill()) {
  }
  return std::exchange(pending_, {});
}

RawResponse RawSocket::response(std::string_view method) {
  RawResponse response;
  std::size_t end = 0;
  while ((end = pending_.find("\r\n\r\n")) == std::string::npos) {
    if (!fill()) return response;
  }
  response.head = take(end + 4);
  response.status = std::stoi(response.head.substr(9, 3));
  const auto field = response.head.find("\r\nContent-Length: ");
  if (method != "HEAD" && field != std::string::npos)
    response.body = receive(std::stoul(response.head.substr(field + 18)));
  return response;
}

RawResponse RawSocket::exchange(std::string_view request) {
  send(request);
  return response(request.substr(0, request.find(' ')));
}

bool RawSocket::is_silent(int milliseconds) { return pending_.empty() && !wait(POLLIN, milliseconds); }

void RawSocket::end() { checked(::shutdown(descriptor_, SHUT_WR)); }

void RawSocket::reset() {
  const linger abort{1, 0};
  checked(setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &abort, sizeof abort));
  close();
}

void RawSocket::close() {
  if (const auto descriptor = std::exchange(descriptor_, -1); descriptor >= 0) ::close(descriptor);
}

RawListener::RawListener() : descriptor_(checked(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
  auto address = loopback(0);
  checked(bind(descriptor_, generic(address), sizeof address));
  checked(listen(descriptor_, 64));
  socklen_t size = sizeof address;
  checked(getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size));
  port_ = ntohs(address.sin_port);
}

RawListener::RawListener(const std::string& path)
    : descriptor_(checked(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0))) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  checked(bind(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address));
  checked(listen(descriptor_, 64));
}

RawListener::~RawListener() { close(); }

RawSocket RawListener::accept() {
  pollfd poll{descriptor_, POLLIN, 0};
  if (checked(::poll(&poll, 1, kPatience)) == 0) throw std::runtime_error("nobody connected in time");
  return RawSocket(checked(accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC)));
}

void RawListener::close() {
  if (const auto descriptor = std::exchange(descriptor_, -1); descriptor >= 0) ::close(descriptor);
}

}  // namespace stepwell::net
