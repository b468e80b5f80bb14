// stepwell_bare_log FILE SECONDS [PRODUCERS=64] [BYTES=1500]: the least that a durable engine can do on this disk, to
// hold a real one against. Producers hand records to one thread, each waits until its own is on the device; that thread
// appends all that have come with one write to a file of which the space is there already, and one fdatasync.
#include "load/closed_loop.h"

#include <condition_variable>
#include <cstdlib>
#include <fcntl.h>
#include <mutex>
#include <string>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

namespace {

using stepwell::load::Clock;
using stepwell::load::give_up;

constexpr off_t file_bytes = 256 << 20;

class Log {
 public:
  explicit Log(const char* path) : file_(::open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    const std::string zeros(1 << 20, '\0');
    for (off_t at = 0; at < file_bytes; at += static_cast<off_t>(zeros.size())) {
      if (::pwrite(file_, zeros.data(), zeros.size(), at) <= 0) give_up("cannot write");
    }
    ::fdatasync(file_);
  }
  ~Log() { ::close(file_); }
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  // Returns when the record is on the device.
  void append(const std::string& record) {
    std::unique_lock lock(mutex_);
    waiting_ += record;
    const std::uint64_t mine = ++appended_;
    work_.notify_one();
    synced_changed_.wait(lock, [&] { return synced_ >= mine; });
  }

  void write_until(Clock::time_point end) {
    std::string group;
    std::unique_lock lock(mutex_);
    while (Clock::now() < end || synced_ < appended_) {
      if (!work_.wait_until(lock, end, [&] { return !waiting_.empty(); })) continue;
      group.clear();
      std::swap(group, waiting_);
      const std::uint64_t last = appended_;
      lock.unlock();
      if (at_ + static_cast<off_t>(group.size()) > file_bytes) at_ = 0;
      if (::pwrite(file_, group.data(), group.size(), at_) != static_cast<ssize_t>(group.size()) ||
          ::fdatasync(file_) != 0)
        give_up("cannot write");
      at_ += static_cast<off_t>(group.size());
      lock.lock();
      synced_ = last;
      synced_changed_.notify_all();
    }
  }

 private:
  int file_;
  off_t at_ = 0;
  std::mutex mutex_;
  std::condition_variable work_, synced_changed_;
  std::string waiting_;
  std::uint64_t appended_ = 0;
  std::uint64_t synced_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) give_up("stepwell_bare_log FILE SECONDS [PRODUCERS] [BYTES]");
  const int producers = argc > 3 ? std::atoi(argv[3]) : 64;
  const std::string record(argc > 4 ? static_cast<std::size_t>(std::atoi(argv[4])) : 1500U, 'x');
  Log log(argv[1]);
  const auto began = Clock::now();
  const auto end = began + std::chrono::seconds(std::atoi(argv[2]));
  std::vector<std::uint64_t> counts(static_cast<std::size_t>(producers));
  std::vector<std::jthread> threads;
  for (std::uint64_t& count : counts) {
    threads.emplace_back([&log, &record, &count, end] {
      for (; Clock::now() < end; ++count) log.append(record);
    });
  }
  log.write_until(end);
  threads.clear();
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  fmt::print("{{\"operations\":{},\"seconds\":{:.6f}}}\n", total,
             std::chrono::duration<double>(Clock::now() - began).count());
}
