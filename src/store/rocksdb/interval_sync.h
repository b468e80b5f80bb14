#pragma once
// Syncs at most once per interval, and only what was written since. It has a thread of its own, so that the writer goes
// on while the device works.

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace stepwell::store {

class IntervalSync {
 public:
  IntervalSync(std::chrono::milliseconds interval, std::function<void()> sync);
  ~IntervalSync();  // syncs what is left, at once
  IntervalSync(const IntervalSync&) = delete;
  IntervalSync& operator=(const IntervalSync&) = delete;

  void written();  // there is something to sync, within the interval

 private:
  void run();

  const std::chrono::milliseconds interval_;
  const std::function<void()> sync_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool written_ = false;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace stepwell::store
