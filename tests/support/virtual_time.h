#pragma once
// A world without an outside: a clock that moves when it is told to, a scheduler that runs on it, a log that nobody
// reads.

#include "base/ports.h"
#include "base/time.h"
#include "base/timer.h"

#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace stepwell {

class VirtualClock final : public Clock {
 public:
  Timestamp now() override { return now_; }
  void advance(Duration by) { now_ += by; }
  void set(Timestamp to) { now_ = to; }

 private:
  Timestamp now_{Duration{1'700'000'000'000}};
};

// Actions in order of their time; the clock moves from one to the next.
class VirtualScheduler final : public Scheduler {
 public:
  explicit VirtualScheduler(VirtualClock& clock) : clock_(clock) {}

  std::unique_ptr<Timer> after(Duration delay, std::move_only_function<void()> action) override {
    auto entry = std::make_shared<Entry>(std::move(action));
    actions_.emplace(clock_.now() + delay, entry);
    return std::make_unique<Handle>(std::move(entry));
  }
  void post(std::move_only_function<void()> action) override {
    actions_.emplace(clock_.now(), std::make_shared<Entry>(std::move(action)));
  }

  // Runs everything that is due up to `time`.
  void run_until(Timestamp time) {
    while (!actions_.empty() && actions_.begin()->first <= time) {
      if (!actions_.begin()->second->action) {
        actions_.erase(actions_.begin());
      } else {
        step();
      }
    }
    clock_.set(std::max(clock_.now(), time));
  }
  void run() { run_until(clock_.now()); }
  // Runs the next action, whenever it is due; false: there is none.
  bool step() {
    while (!actions_.empty()) {
      const auto first = actions_.begin();
      const Timestamp due = first->first;
      const auto entry = first->second;
      actions_.erase(first);
      if (!entry->action) continue;
      clock_.set(std::max(clock_.now(), due));
      std::exchange(entry->action, nullptr)();
      return true;
    }
    return false;
  }
  void clear() { actions_.clear(); }

 private:
  struct Entry {
    std::move_only_function<void()> action;
  };
  struct Handle final : Timer {
    explicit Handle(std::shared_ptr<Entry> entry) : entry_(std::move(entry)) {}
    ~Handle() override { entry_->action = nullptr; }
    std::shared_ptr<Entry> entry_;
  };
  VirtualClock& clock_;
  std::multimap<Timestamp, std::shared_ptr<Entry>> actions_;
};

class NoLog final : public Log {
 public:
  void write(Level, std::string_view) override {}
};

}  // namespace stepwell
