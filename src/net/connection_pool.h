#pragma once
// The client's connections: how many are open to a host at once, and the ones kept open between calls.
//
// Bounds: kMaxPerHost calls of one host are under way, further ones wait their turn; kMaxKeptPerHost and kMaxKept idle
// connections are kept, for kKeepFor at most.

#include "base/task.h"
#include "net/asio.h"
#include "net/context.h"
#include "net/stream.h"
#include "net/timer_wheel.h"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stepwell::net {

class ConnectionPool final : public std::enable_shared_from_this<ConnectionPool>, private TimerWheel::Entry {
 public:
  // A turn at a host, held during a call.
  class Turn {
   public:
    Turn() = default;
    Turn(std::shared_ptr<ConnectionPool> pool, std::string host) : pool_(std::move(pool)), host_(std::move(host)) {}
    Turn(Turn&&) noexcept = default;
    Turn& operator=(Turn&&) = delete;
    ~Turn() {
      if (pool_) pool_->end_turn(host_);
    }

   private:
    std::shared_ptr<ConnectionPool> pool_;
    std::string host_;
  };

  ConnectionPool(Loop::Context& context, std::shared_ptr<TlsAuthorities> authorities)
      : context_(context), authorities_(std::move(authorities)) {}

  Loop::Context& context() { return context_; }
  TlsAuthorities& authorities() { return *authorities_; }

  // Set when it is the caller's turn; the caller may set it itself to give up.
  Pending<std::optional<Turn>> wait_for_turn(const std::string& host);

  // A kept connection that the host has not closed, as far as is known.
  std::optional<Stream> take(const std::string& host);
  void keep(const std::string& host, Stream stream);
  void close();  // keeps none any more

 private:
  using Clock = std::chrono::steady_clock;
  struct Kept {
    Stream stream;
    Clock::time_point since;
  };
  struct Host {
    std::size_t calls = 0;
    std::deque<Pending<std::optional<Turn>>> waiting;
    std::vector<Kept> kept;  // the oldest first
    bool unused() const { return calls == 0 && kept.empty(); }
  };

  void end_turn(const std::string& host);
  void expire() override;  // drops what is old or closed

  Loop::Context& context_;
  const std::shared_ptr<TlsAuthorities> authorities_;
  std::unordered_map<std::string, Host> hosts_;
  std::size_t kept_ = 0;
  bool closed_ = false;
};

}  // namespace stepwell::net
