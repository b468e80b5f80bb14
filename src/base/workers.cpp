#include "base/workers.h"

namespace stepwell {

void WorkQueue::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    jobs_.push_back(std::move(job));
    if (idle_ < jobs_.size() && threads_.size() < most_threads_) {
      threads_.emplace_back([this] {
        while (Job next = take()) next();
      });
    }
  }
  changed_.notify_one();
}

WorkQueue::Job WorkQueue::take() {
  std::unique_lock lock(mutex_);
  ++idle_;
  changed_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
  --idle_;
  if (closed_) return nullptr;
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void WorkQueue::close() {
  std::deque<Job> given_up;
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    given_up.swap(jobs_);
    threads.swap(threads_);
  }
  changed_.notify_all();
  for (std::thread& thread : threads) thread.join();
}

}  // namespace stepwell
