#pragma once
// Threads for what would hold the loop up: unpacking, digests of large packages, searches. Jobs begin in the order in
// which they came, as many at a time as there are threads. These start when there is something to do.

#include "base/task.h"
#include "base/timer.h"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace stepwell {

// The jobs that wait. Shared, so that it is there for whoever outlives the workers; a closed queue drops what it gets.
class WorkQueue {
 public:
  using Job = std::move_only_function<void()>;
  explicit WorkQueue(std::size_t threads) : most_threads_(threads) {}
  void add(Job job);  // thread-safe
  // The jobs under way are waited for; those that wait are given up.
  void close();

 private:
  Job take();  // waits for one; empty when the queue is closed

  const std::size_t most_threads_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool closed_ = false;
};

class Workers {
 public:
  Workers(Scheduler& scheduler, std::size_t threads)
      : scheduler_(&scheduler), queue_(std::make_shared<WorkQueue>(threads)) {}
  ~Workers() { queue_->close(); }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  const std::shared_ptr<WorkQueue>& queue() const { return queue_; }

  // The result of `work`, which runs on one of the threads, to be awaited on the loop's. It may use what its awaiting
  // caller owns.
  template <typename Work, typename T = std::invoke_result_t<Work>>
  Pending<T> run(Work work) {
    const Pending<T> result;
    queue_->add([scheduler = scheduler_, result, work = std::move(work)]() mutable {
      scheduler->post([result, value = work()]() mutable { result.set(std::move(value)); });
    });
    return result;
  }

 private:
  Scheduler* scheduler_;
  std::shared_ptr<WorkQueue> queue_;
};

}  // namespace stepwell
