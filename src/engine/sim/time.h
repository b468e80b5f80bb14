#pragma once
// Virtual time: a clock that stands still while something is done, and a list of what is to be done next. The wall
// clock may jump; delays are counted in time that does not.
//
// What is scheduled belongs to the outside or to one life of the process: at its end, what it had scheduled is gone.

#include "base/ports.h"
#include "base/timer.h"

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

namespace stepwell::engine::sim {

// 0: the outside; each life of the process has a greater number.
using Life = std::uint64_t;
inline constexpr Life outside = 0;

class VirtualTime final : public Clock {
 public:
  Timestamp now() override { return now_ + jumped_; }
  Duration elapsed() const { return now_ - beginning; }
  void jump(Duration by) { jumped_ += by; }

  void schedule(Life life, Duration delay, std::move_only_function<void()> action);
  std::unique_ptr<Timer> schedule_timer(Life life, Duration delay, std::move_only_function<void()> action);
  void end(Life life);

  // Does what is next, and lets time pass until then. False: there is nothing.
  bool step();

 private:
  struct Action {
    Life life;
    std::move_only_function<void()> call;
  };
  struct Handle;
  static constexpr Timestamp beginning{Duration{1'700'000'000'000}};

  Timestamp now_ = beginning;
  Duration jumped_{0};
  std::uint64_t order_ = 0;
  std::map<std::pair<Timestamp, std::uint64_t>, std::shared_ptr<Action>> actions_;
};

// The scheduler of one life.
class LifeScheduler final : public Scheduler {
 public:
  LifeScheduler(VirtualTime& time, Life life) : time_(time), life_(life) {}
  std::unique_ptr<Timer> after(Duration delay, std::move_only_function<void()> action) override {
    return time_.schedule_timer(life_, delay, std::move(action));
  }
  void post(std::move_only_function<void()> action) override { time_.schedule(life_, Duration{0}, std::move(action)); }

 private:
  VirtualTime& time_;
  Life life_;
};

}  // namespace stepwell::engine::sim
