// stepwell_bare PORT: the least that an HTTP server can do on this machine, to hold a real one against. One thread;
// finds the end of each request, answers with the same 200 bytes of JSON.
#include "load/closed_loop.h"

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_map>

#include <fmt/format.h>

namespace {

using stepwell::load::give_up;

int listen_on(std::uint16_t port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  ::setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      ::listen(listener, 1024) != 0)
    give_up("cannot listen");
  return listener;
}

// The bytes of the first request in `bytes`, or 0 while it is not all there.
std::size_t request_size(std::string_view bytes) {
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return 0;
  constexpr std::string_view name = "\r\nContent-Length: ";
  std::size_t length = 0;
  if (const std::size_t at = bytes.substr(0, head).find(name); at != std::string_view::npos)
    std::from_chars(bytes.data() + at + name.size(), bytes.data() + head, length);
  return bytes.size() < head + 4 + length ? 0 : head + 4 + length;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) give_up("stepwell_bare PORT");
  const std::string body = fmt::format("{{\"status\":\"SUCCEEDED\",\"padding\":\"{:x<165}\"}}", "");
  const std::string answer = fmt::format(
      "HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.0\r\nContent-Length: {}\r\n\r\n{}", body.size(), body);
  const int listener = listen_on(static_cast<std::uint16_t>(std::atoi(argv[1])));
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  const auto watch = [epoll](int socket) {
    epoll_event event{.events = EPOLLIN, .data = {.fd = socket}};
    ::epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event);
  };
  watch(listener);
  std::unordered_map<int, std::string> received;
  std::array<epoll_event, 256> events;
  std::array<char, 65536> bytes;
  for (;;) {
    const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), -1);
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener) {
        const int connection = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC);
        const int on = 1;
        ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        watch(connection);
        continue;
      }
      const ssize_t size = ::read(socket, bytes.data(), bytes.size());
      if (size <= 0) {
        ::close(socket);
        received.erase(socket);
        continue;
      }
      std::string& pending = received[socket];
      pending.append(bytes.data(), static_cast<std::size_t>(size));
      while (const std::size_t one = request_size(pending)) {
        pending.erase(0, one);
        if (::write(socket, answer.data(), answer.size()) != static_cast<ssize_t>(answer.size()))
          give_up("cannot write");
      }
    }
  }
}
