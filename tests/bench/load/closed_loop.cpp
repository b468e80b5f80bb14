#include "load/closed_loop.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace stepwell::load {
namespace {

int connect_to(std::uint16_t port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    give_up("cannot connect");
  return connection;
}

// Where the answer ends, or nullopt while it is not all there.
struct Extent {
  std::size_t body = 0;
  std::size_t end = 0;
};
std::optional<Extent> extent_of(std::string_view bytes) {
  const std::size_t head = bytes.find("\r\n\r\n");
  if (head == std::string_view::npos) return std::nullopt;
  constexpr std::string_view name = "ontent-", rest = "ength: ";  // in either case of its letters
  std::size_t at = bytes.substr(0, head).find(name);
  while (at != std::string_view::npos && bytes.substr(at + name.size() + 1, rest.size()) != rest)
    at = bytes.substr(0, head).find(name, at + 1);
  if (at == std::string_view::npos) give_up(bytes);
  std::size_t length = 0;
  std::from_chars(bytes.data() + at + name.size() + 1 + rest.size(), bytes.data() + head, length);
  if (bytes.size() < head + 4 + length) return std::nullopt;
  return Extent{head + 4, head + 4 + length};
}

}  // namespace

void give_up(std::string_view why) {
  std::fprintf(stderr, "%.*s\n", static_cast<int>(why.size()), why.data());
  std::exit(1);
}

struct ClosedLoop::Connection {
  Connection(Caller& its_caller, int its_socket) : caller(its_caller), socket(its_socket) {}
  ~Connection() { ::close(socket); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  Caller& caller;
  int socket;
  std::string received;
  Clock::time_point sent;
};

ClosedLoop::ClosedLoop(std::uint16_t port) : port_(port), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {}
ClosedLoop::~ClosedLoop() { ::close(epoll_); }

void ClosedLoop::add(Caller& caller) {
  Connection& connection = *connections_.emplace_back(std::make_unique<Connection>(caller, connect_to(port_)));
  epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
  ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
  ++in_use_;
  offer(connection);
}

void ClosedLoop::offer(Connection& connection) {
  if (connection.caller.due() > Clock::now()) {
    waiting_.push_back(&connection);
  } else {
    send(connection);
  }
}

void ClosedLoop::send(Connection& connection) {
  const auto request = connection.caller.next();
  if (!request) {
    --in_use_;
    return;
  }
  connection.sent = Clock::now();
  for (std::string_view rest = *request; !rest.empty();) {
    const ssize_t count = ::write(connection.socket, rest.data(), rest.size());
    if (count <= 0) give_up("cannot write");
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
}

void ClosedLoop::receive(Connection& connection) {
  std::array<char, 65536> bytes;
  const ssize_t count = ::read(connection.socket, bytes.data(), bytes.size());
  if (count <= 0) give_up("the server closed the connection");
  connection.received.append(bytes.data(), static_cast<std::size_t>(count));
  const std::string_view all = connection.received;
  const auto extent = extent_of(all);
  if (!extent) return;
  if (extent->end != all.size()) give_up("more came than was asked for");
  int status = 0;
  std::from_chars(all.data() + 9, all.data() + 12, status);  // behind "HTTP/1.1 "
  connection.caller.answered({status, all.substr(extent->body), Clock::now() - connection.sent});
  connection.received.clear();
  offer(connection);
}

int ClosedLoop::wait_milliseconds() const {
  if (waiting_.empty()) return -1;
  Clock::time_point first = Clock::time_point::max();
  for (const Connection* connection : waiting_) first = std::min(first, connection->caller.due());
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(0, left));
}

void ClosedLoop::turn() {
  std::array<epoll_event, 256> events;
  const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_milliseconds());
  for (int i = 0; i < count; ++i) receive(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
  const auto now = Clock::now();
  const auto ready =
      std::ranges::partition(waiting_, [&](const Connection* connection) { return connection->caller.due() > now; });
  const std::vector<Connection*> sending(ready.begin(), ready.end());
  waiting_.erase(ready.begin(), ready.end());
  for (Connection* connection : sending) send(*connection);
}

}  // namespace stepwell::load
