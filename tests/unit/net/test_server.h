#pragma once
// A server under test, on a loop of its own.

#include "loop_thread.h"
#include "net/http_server.h"
#include "raw_socket.h"

#include <condition_variable>
#include <mutex>
#include <vector>

namespace stepwell::net {

class TestServer {
 public:
  explicit TestServer(http::Handler handler, http::ServerLimits limits = {});
  explicit TestServer(ServerSettings settings);
  ~TestServer() { destroy(); }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  LoopThread& thread() { return thread_; }
  std::uint16_t port() const { return port_; }
  RawSocket connect() const { return RawSocket::connect(port_); }
  RawResponse exchange(std::string_view request) const { return connect().exchange(request); }

  void drain(std::move_only_function<void()> done);
  void destroy();
  void destroy_here() { server_.reset(); }  // on the loop's thread

 private:
  LoopThread thread_;
  std::unique_ptr<http::Server> server_;
  std::uint16_t port_ = 0;
};

// Answers 200 with what the request was.
Task<http::Response> echo(http::Request request, std::stop_token gone);

// Holds every request until the test lets it go; a request whose client leaves ends with 499.
class Gate {
 public:
  explicit Gate(Loop& loop) : loop_(loop) {}

  Task<http::Response> hold(http::Request request, std::stop_token gone);

  // Wait for the n-th event since the beginning.
  void await_held(std::size_t count) { await(held_, count); }
  void await_gone(std::size_t count) { await(gone_, count); }
  void release(http::Response response);  // the oldest

 private:
  void await(const std::size_t& counter, std::size_t count);
  void raise(std::size_t& counter);

  Loop& loop_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t held_ = 0;
  std::size_t gone_ = 0;
  std::vector<Pending<http::Response>> waiting_;  // used on the loop's thread
};

std::string get(std::string_view target);

}  // namespace stepwell::net
