#include "services/lambda/package/disk_worker.h"

namespace stepwell::lambda {

void DiskQueue::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (closed_) return;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_one();
}

DiskQueue::Job DiskQueue::take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return closed_ || !jobs_.empty(); });
  if (closed_) return nullptr;
  Job job = std::move(jobs_.front());
  jobs_.pop_front();
  return job;
}

void DiskQueue::close() {
  std::deque<Job> given_up;
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    given_up.swap(jobs_);
  }
  changed_.notify_one();
}

DiskWorker::DiskWorker(Scheduler& scheduler) : scheduler_(&scheduler), queue_(std::make_shared<DiskQueue>()) {
  thread_ = std::thread([queue = queue_] {
    while (DiskQueue::Job job = queue->take()) job();
  });
}

DiskWorker::~DiskWorker() {
  queue_->close();
  thread_.join();
}

}  // namespace stepwell::lambda
