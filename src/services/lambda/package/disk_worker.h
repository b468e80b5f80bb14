#pragma once
// A thread for what would hold the loop up: unpacking, digests of large packages, removing directories. One job at a
// time, in order.

#include "base/error.h"
#include "base/task.h"
#include "base/timer.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>

namespace stepwell::lambda {

// The jobs that wait. Shared, so that it is there for whoever outlives the worker; a closed queue drops what it gets.
class DiskQueue {
 public:
  using Job = std::move_only_function<void()>;
  void add(Job job);
  Job take();  // waits for one; empty when the queue is closed
  void close();

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool closed_ = false;
};

class DiskWorker {
 public:
  explicit DiskWorker(Scheduler& scheduler);
  // Ends after the job under way; jobs that wait are given up.
  ~DiskWorker();
  DiskWorker(const DiskWorker&) = delete;
  DiskWorker& operator=(const DiskWorker&) = delete;

  const std::shared_ptr<DiskQueue>& queue() const { return queue_; }

  // The result of `work`, which runs on the worker's thread. It may use what its awaiting caller owns.
  template <typename Work, typename T = std::invoke_result_t<Work>>
  Task<T> run(Work work) {
    const Pending<T> result;
    queue_->add([this, result, work = std::move(work)]() mutable {
      scheduler_->post([result, value = work()]() mutable { result.set(std::move(value)); });
    });
    co_return co_await result;
  }

 private:
  Scheduler* scheduler_;
  std::shared_ptr<DiskQueue> queue_;
  std::thread thread_;
};

}  // namespace stepwell::lambda
