#include "net/connection_pool.h"

#include <cerrno>
#include <sys/socket.h>
#include <utility>

namespace stepwell::net {
namespace {

constexpr std::size_t kMaxPerHost = 512;
constexpr std::size_t kMaxKeptPerHost = 64;
constexpr std::size_t kMaxKept = 512;
constexpr std::chrono::seconds kKeepFor{30};
constexpr Duration kSweepEvery{5'000};

// Nothing to read: an idle connection that has something has been closed, or answers what was not asked.
bool is_quiet(Stream& stream) {
  char byte = 0;
  return ::recv(stream.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 &&
         (errno == EAGAIN || errno == EWOULDBLOCK);
}

}  // namespace

Pending<std::optional<ConnectionPool::Turn>> ConnectionPool::wait_for_turn(const std::string& name) {
  auto& host = hosts_[name];
  const Pending<std::optional<Turn>> turn;
  if (host.calls < kMaxPerHost) {
    ++host.calls;
    turn.set(std::optional<Turn>(std::in_place, shared_from_this(), name));
  } else {
    host.waiting.push_back(turn);
  }
  return turn;
}

void ConnectionPool::end_turn(const std::string& name) {
  const auto found = hosts_.find(name);
  auto& host = found->second;
  while (!closed_ && !host.waiting.empty()) {
    const auto next = std::move(host.waiting.front());
    host.waiting.pop_front();
    if (next.is_set()) continue;  // has given up
    // Resumed from the loop: the turn ends in a destructor.
    context_.mailbox.post([next, turn = std::optional<Turn>(std::in_place, shared_from_this(), name)]() mutable {
      if (!next.is_set()) next.set(std::exchange(turn, std::nullopt));
    });
    return;
  }
  --host.calls;
  if (host.unused()) hosts_.erase(found);
}

std::optional<Stream> ConnectionPool::take(const std::string& name) {
  const auto found = hosts_.find(name);
  if (found == hosts_.end()) return std::nullopt;
  auto& kept = found->second.kept;
  while (!kept.empty()) {
    auto stream = std::move(kept.back().stream);
    kept.pop_back();
    --kept_;
    if (is_quiet(stream)) return stream;
  }
  return std::nullopt;
}

void ConnectionPool::keep(const std::string& name, Stream stream) {
  auto& kept = hosts_[name].kept;
  if (closed_ || kept.size() >= kMaxKeptPerHost || kept_ >= kMaxKept) return;
  kept.push_back({std::move(stream), Clock::now()});
  if (kept_++ == 0) context_.timers.set(*this, kSweepEvery);
}

void ConnectionPool::expire() {
  const auto oldest = Clock::now() - kKeepFor;
  for (auto host = hosts_.begin(); host != hosts_.end();) {
    kept_ -=
        std::erase_if(host->second.kept, [&](Kept& kept) { return kept.since < oldest || !is_quiet(kept.stream); });
    host = host->second.unused() ? hosts_.erase(host) : std::next(host);
  }
  if (kept_ > 0) context_.timers.set(*this, kSweepEvery);
}

void ConnectionPool::close() {
  closed_ = true;
  for (auto& [name, host] : hosts_) kept_ -= std::exchange(host.kept, {}).size();
}

}  // namespace stepwell::net
