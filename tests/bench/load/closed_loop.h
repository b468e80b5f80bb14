#pragma once
// Many keep-alive connections of one thread to 127.0.0.1, each with one request under way at most: a closed loop. What
// a connection sends, and when, is its Caller's business. Trouble of any kind ends the program with status 1: a load
// that fails measures nothing.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::load {

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(std::string_view why);

// Valid while `Caller::answered` runs.
struct Answer {
  int status = 0;
  std::string_view body;
  Clock::duration took{};  // from the request's first byte to the answer's last
};

class Caller {
 public:
  virtual ~Caller() = default;
  // The next request, head and body; nullopt: there is no more.
  virtual std::optional<std::string> next() = 0;
  virtual void answered(const Answer& answer) = 0;
  // Not before then; asked ahead of each request.
  virtual Clock::time_point due() { return {}; }
};

class ClosedLoop {
 public:
  explicit ClosedLoop(std::uint16_t port);
  ~ClosedLoop();
  ClosedLoop(const ClosedLoop&) = delete;
  ClosedLoop& operator=(const ClosedLoop&) = delete;

  // `caller` outlives the loop; every connection has its own.
  void add(Caller& caller);
  // Until every caller has no more to send and its last answer. Callers that wait for one for ever are left behind when
  // `enough` says so; it is asked after each answer.
  template <typename Enough>
  void run(Enough enough) {
    while (in_use_ > 0 && !enough()) turn();
  }
  void run() {
    run([] { return false; });
  }

 private:
  struct Connection;
  void turn();
  void offer(Connection& connection);
  void send(Connection& connection);
  void receive(Connection& connection);
  int wait_milliseconds() const;

  std::uint16_t port_;
  int epoll_;
  std::size_t in_use_ = 0;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::vector<Connection*> waiting_;  // for their callers' time
};

}  // namespace stepwell::load
