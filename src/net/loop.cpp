#include "net/loop.h"

#include "base/check.h"
#include "net/context.h"

#include <csignal>
#include <utility>

namespace stepwell::net {
namespace {

class LoopTimer final : public Timer, private TimerWheel::Entry {
 public:
  LoopTimer(Timers& timers, Duration delay, std::move_only_function<void()> action) : action_(std::move(action)) {
    timers.set(*this, delay);
  }

 private:
  void expire() override {
    auto action = std::move(action_);  // it may destroy this timer
    action();
  }

  std::move_only_function<void()> action_;
};

void await_signal(Loop::Context& context) {
  context.signals->async_wait([&context](error_code failure, int signal) {
    if (failure) return;
    context.on_signal(signal);
    await_signal(context);
  });
}

void await_hangup(Loop::Context& context) {
  context.hangups->async_wait([&context](error_code failure, int) {
    if (failure) return;
    context.on_hangup();
    await_hangup(context);
  });
}

}  // namespace

Loop::Loop() : context_(std::make_unique<Context>()) {}
Loop::~Loop() = default;

void Loop::run() { context_->io.run(); }

void Loop::stop() { context_->io.stop(); }

void Loop::on_signal(std::function<void(int signal)> action) {
  CHECK(!context_->signals);
  context_->on_signal = std::move(action);
  context_->signals.emplace(context_->io.get_executor(), SIGINT, SIGTERM);
  await_signal(*context_);
}

void Loop::on_hangup(std::function<void()> action) {
  CHECK(!context_->hangups);
  context_->on_hangup = std::move(action);
  context_->hangups.emplace(context_->io.get_executor(), SIGHUP);
  await_hangup(*context_);
}

std::unique_ptr<Timer> Loop::after(Duration delay, std::move_only_function<void()> action) {
  return std::make_unique<LoopTimer>(context_->timers, delay, std::move(action));
}

void Loop::post(std::move_only_function<void()> action) { context_->mailbox.post(std::move(action)); }

}  // namespace stepwell::net
