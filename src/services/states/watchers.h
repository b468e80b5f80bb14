#pragma once
// Who waits for an execution to go on. A watcher is told once, when something new can be read of it; nothing is kept
// for it, so it costs the same however much happens. Of the loop's thread.

#include "engine/ids.h"

#include <functional>
#include <memory>
#include <unordered_map>

namespace stepwell::states {

class Watchers {
 public:
  // Destroying it takes the watcher away.
  class Watch {
   public:
    Watch(Watchers& watchers, engine::ExecutionId id, std::function<void()> told);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

   private:
    friend Watchers;
    Watchers* watchers_;
    engine::ExecutionId id_;
    std::function<void()> told_;
  };

  // `told` may be called more than once; it must not read, nor destroy a watch, before it returns.
  std::unique_ptr<Watch> watch(engine::ExecutionId id, std::function<void()> told) {
    return std::make_unique<Watch>(*this, id, std::move(told));
  }

  void went_on(engine::ExecutionId id);
  // All are told, now and whenever they watch again: the program is about to stop.
  void drain();
  bool draining() const { return draining_; }

 private:
  std::unordered_multimap<engine::ExecutionId, Watch*> watches_;
  bool draining_ = false;
};

}  // namespace stepwell::states
