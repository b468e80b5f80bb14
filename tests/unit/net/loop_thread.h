#pragma once
// A Loop on a thread of its own, so that a test can talk to it from outside.

#include "net/loop.h"

#include <functional>
#include <future>
#include <memory>
#include <thread>
#include <type_traits>

namespace stepwell::net {

class LoopThread {
 public:
  LoopThread() : thread_([this] { loop_.run(); }) {}
  LoopThread(const LoopThread&) = delete;
  LoopThread& operator=(const LoopThread&) = delete;
  ~LoopThread() {
    loop_.stop();
    thread_.join();
  }

  Loop& loop() { return loop_; }

  // Runs `function` on the loop's thread and waits for it.
  template <typename Function>
  auto call(Function function) {
    std::packaged_task<std::invoke_result_t<Function>()> task(std::move(function));
    auto future = task.get_future();
    loop_.post([&task] { task(); });
    return future.get();
  }

 private:
  Loop loop_;
  std::thread thread_;
};

}  // namespace stepwell::net
