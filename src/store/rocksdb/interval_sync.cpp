#include "store/rocksdb/interval_sync.h"

#include <pthread.h>

namespace stepwell::store {

IntervalSync::IntervalSync(std::chrono::milliseconds interval, std::function<void()> sync)
    : interval_(interval), sync_(std::move(sync)), thread_([this] { run(); }) {
  pthread_setname_np(thread_.native_handle(), "store-sync");
}

IntervalSync::~IntervalSync() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void IntervalSync::written() {
  {
    const std::lock_guard lock(mutex_);
    if (std::exchange(written_, true)) return;
  }
  changed_.notify_one();
}

void IntervalSync::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return written_ || stopping_; });
    if (!written_) return;
    changed_.wait_for(lock, interval_, [this] { return stopping_; });
    written_ = false;
    lock.unlock();
    sync_();
    lock.lock();
  }
}

}  // namespace stepwell::store
