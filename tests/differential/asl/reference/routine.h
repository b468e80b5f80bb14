#pragma once
// Threads of control in virtual time, so that the reference can be written as a walk: a branch is a routine that waits
// where the specification says that it waits. To abort a routine is to destroy it.
//
// Of what happens at one time, the order is: what is ready goes first in, first out; then timers, by the number of
// their thread. The specification leaves it open; the engine keeps the same order, so that histories can be compared
// event by event. Answers come from outside, where nobody keeps an order: one that comes at the time of another, or of
// a timer, is a tie, and what follows from it may be told in more than one way.

#include <coroutine>
#include <cstdint>
#include <exception>
#include <limits>
#include <list>
#include <map>
#include <optional>
#include <utility>

namespace stepwell::differential {

// A coroutine that runs when it is awaited (or started) and answers a T or throws. Owns its frame.
template <typename T>
class [[nodiscard]] Routine {
 public:
  struct promise_type {
    std::optional<T> value;
    std::exception_ptr error;
    std::coroutine_handle<> continuation = std::noop_coroutine();

    Routine get_return_object() { return Routine(Handle::from_promise(*this)); }
    std::suspend_always initial_suspend() noexcept { return {}; }
    auto final_suspend() noexcept {
      struct Final {
        bool await_ready() noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<promise_type> done) noexcept {
          return done.promise().continuation;
        }
        void await_resume() noexcept {}
      };
      return Final{};
    }
    void return_value(T result) { value = std::move(result); }
    void unhandled_exception() { error = std::current_exception(); }
  };
  using Handle = std::coroutine_handle<promise_type>;

  Routine(Routine&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Routine& operator=(Routine&&) = delete;
  ~Routine() {
    if (handle_) handle_.destroy();
  }

  // For one that nobody awaits.
  void start() { handle_.resume(); }
  bool done() const { return handle_.done(); }

  bool await_ready() const noexcept { return false; }
  std::coroutine_handle<> await_suspend(std::coroutine_handle<> awaiting) noexcept {
    handle_.promise().continuation = awaiting;
    return handle_;
  }
  T await_resume() {
    if (handle_.promise().error) std::rethrow_exception(handle_.promise().error);
    return std::move(*handle_.promise().value);
  }

 private:
  explicit Routine(Handle handle) : handle_(handle) {}
  Handle handle_;
};

class Agenda {
 public:
  // Milliseconds since the beginning.
  std::int64_t now() const { return now_; }

  // Behind what is ready.
  auto turn() { return Turn{*this, {}, false}; }
  // At a time; `rank` orders what is due at one time. `meets_answer`: an answer that is too late comes then, too.
  auto until(std::int64_t time, std::uint32_t rank, bool meets_answer = false) {
    return Until{*this, {time, rank}, {.timers = 1, .answers = meets_answer ? 1U : 0U}, {}, false};
  }
  // When an answer comes: behind what is due then, in the order of asking.
  auto answer(std::int64_t time) { return Until{*this, {time, kLastRank}, {.timers = 0, .answers = 1}, {}, false}; }
  // Behind all that is due now.
  auto after_all() { return until(now_, kLastRank); }

  // The first time at which an answer met something else.
  std::optional<std::int64_t> tie() const { return tie_; }

  // Until nothing is left, or (true) the time has come; a timer of the top level that is due then comes first.
  bool run(std::optional<std::int64_t> deadline) {
    while (true) {
      if (!ready_.empty()) {
        const auto next = ready_.front();
        ready_.pop_front();
        next.resume();
      } else if (timers_.empty()) {
        return false;
      } else if (deadline && timers_.begin()->first > Key(*deadline, 0)) {
        now_ = *deadline;
        look_for_tie({.timers = 1, .answers = 0});
        return true;
      } else {
        const auto first = timers_.begin();
        if (std::exchange(now_, first->first.first) < now_) look_for_tie({});
        const auto next = first->second.waiting;
        timers_.erase(first);
        next.resume();
      }
    }
  }

 private:
  using Key = std::pair<std::int64_t, std::uint32_t>;
  static constexpr std::uint32_t kLastRank = std::numeric_limits<std::uint32_t>::max();
  struct Count {
    unsigned timers = 0, answers = 0;
  };
  struct Due {
    std::coroutine_handle<> waiting;
    Count count;
  };

  // Both leave the agenda when the routine that waits is destroyed. `queued` is cleared by await_resume.
  struct Turn {
    Agenda& agenda;
    std::list<std::coroutine_handle<>>::iterator place;
    bool queued;
    ~Turn() {
      if (queued) agenda.ready_.erase(place);
    }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
      place = agenda.ready_.insert(agenda.ready_.end(), waiting);
      queued = true;
    }
    void await_resume() noexcept { queued = false; }
  };
  struct Until {
    Agenda& agenda;
    Key key;
    Count count;
    std::multimap<Key, Due>::iterator place;
    bool queued;
    ~Until() {
      if (queued) agenda.timers_.erase(place);
    }
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiting) {
      place = agenda.timers_.emplace(key, Due{waiting, count});
      queued = true;
    }
    void await_resume() noexcept { queued = false; }
  };

  // `due`: what is due now beside what waits here.
  void look_for_tie(Count due) {
    for (auto at = timers_.begin(); at != timers_.end() && at->first.first == now_; ++at) {
      due.timers += at->second.count.timers;
      due.answers += at->second.count.answers;
    }
    if (due.answers > 0 && due.timers + due.answers > 1) tie_ = tie_.value_or(now_);
  }

  std::int64_t now_ = 0;
  std::optional<std::int64_t> tie_;
  std::list<std::coroutine_handle<>> ready_;
  std::multimap<Key, Due> timers_;
};

// Where a parent waits for its children: the child that ends the waiting hands over and is left where it stands.
class Gate {
 public:
  void open() { open_ = true; }
  bool is_open() const { return open_; }

  auto wait() {
    struct Wait {
      Gate& gate;
      bool await_ready() const noexcept { return gate.open_; }
      void await_suspend(std::coroutine_handle<> waiting) noexcept { gate.waiting_ = waiting; }
      void await_resume() noexcept {}
    };
    return Wait{*this};
  }
  auto hand_over() {
    struct HandOver {
      Gate& gate;
      bool await_ready() const noexcept { return false; }
      std::coroutine_handle<> await_suspend(std::coroutine_handle<>) noexcept {
        if (!gate.open_ || !gate.waiting_) return std::noop_coroutine();
        return std::exchange(gate.waiting_, nullptr);
      }
      void await_resume() noexcept {}
    };
    return HandOver{*this};
  }

 private:
  bool open_ = false;
  std::coroutine_handle<> waiting_;
};

}  // namespace stepwell::differential
