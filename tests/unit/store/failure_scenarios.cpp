#include "noise.h"
#include "scenarios.h"
#include "store/rocksdb/rocksdb_store.h"
#include "store_contract.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::store {
namespace {

void require(bool condition, std::string_view message) {
  if (condition) return;
  fmt::print(stderr, "{}\n", message);
  std::_Exit(1);
}

// A small volume of memory that only this process sees: as root, or as the root of a user namespace of its own.
bool mount_small_volume(const std::string& directory) {
  const std::string as_root = fmt::format("0 {} 1", ::geteuid());
  if (::geteuid() == 0) {
    if (::unshare(CLONE_NEWNS) != 0) return false;
  } else {
    if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    if (!(std::ofstream("/proc/self/uid_map") << as_root << std::flush)) return false;
  }
  return ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
         ::mount("tmpfs", directory.c_str(), "tmpfs", 0, "size=64m") == 0;
}

// A store on the small volume, which a ballast fills by half.
class FullVolume {
 public:
  FullVolume(const std::string& directory, RocksDbOptions options)
      : ballast_(directory + "/ballast"), data_(directory + "/data"), options_(options) {
    std::ofstream(ballast_, std::ios::binary) << noise(32U << 20U);
    reopen();
  }

  void reopen() {
    store_.reset();
    Result<std::unique_ptr<RocksDbStore>> opened = RocksDbStore::open(data_, options_);
    require(opened.has_value(), opened ? "" : opened.error().message);
    store_ = std::move(*opened);
  }

  Result<void> put_one() {
    Result<void> result = put_and_wait(*store_, Table::event, KeyWriter().u32(acknowledged_).view(), noise(100'000));
    acknowledged_ += result ? 1 : 0;
    return result;
  }

  // The code of the commit that is refused.
  std::string fill() {
    Result<void> result;
    while (result) result = put_one();
    require(!put_one(), "a commit right after a refused one is not refused");
    return result.error().code;
  }

  void make_room() { std::filesystem::remove(ballast_); }

  void wait_until_writing_resumes() {
    while (!put_one()) std::this_thread::yield();
  }

  void require_exactly_what_was_acknowledged() {
    const std::size_t found = scan_all(*store_, Table::event).size();
    require(found == acknowledged_, fmt::format("{} acknowledged, {} found", acknowledged_, found));
  }

 private:
  const std::string ballast_;
  const std::string data_;
  const RocksDbOptions options_;
  std::uint32_t acknowledged_ = 0;
  std::unique_ptr<RocksDbStore> store_;
};

RocksDbOptions small_buffers(std::size_t reserved_bytes) {
  return {
      .write_buffer_bytes = 512U << 10U, .reserved_bytes = reserved_bytes, .full_retry = std::chrono::milliseconds(50)};
}

void expect_writing_to_resume(FullVolume& volume) {
  volume.require_exactly_what_was_acknowledged();
  volume.make_room();
  volume.wait_until_writing_resumes();
  volume.reopen();
  volume.require_exactly_what_was_acknowledged();
}

}  // namespace

int fill_the_volume(const std::string& directory, int) {
  if (!mount_small_volume(directory)) return scenario_impossible;
  FullVolume volume(directory, small_buffers(8U << 20U));
  require(volume.fill() == "StorageFull", "a full volume is not told");
  expect_writing_to_resume(volume);
  return 0;
}

int fill_the_volume_to_the_brim(const std::string& directory, int) {
  if (!mount_small_volume(directory)) return scenario_impossible;
  FullVolume volume(directory, small_buffers(0));
  // Who meets the full volume first is a race: background work, which goes on later, or the log, which does not.
  if (volume.fill() == "StorageFull") {
    expect_writing_to_resume(volume);
  } else {
    volume.require_exactly_what_was_acknowledged();
  }
  return 0;
}

int write_until_the_log_fails(const std::string& directory, int) {
  const rlimit limit{.rlim_cur = 1U << 20U, .rlim_max = 1U << 20U};
  ::signal(SIGXFSZ, SIG_IGN);
  if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) return scenario_impossible;
  const auto store = RocksDbStore::open(directory).value();
  std::uint32_t acknowledged = 0;
  while (put_and_wait(*store, Table::event, KeyWriter().u32(acknowledged).view(), noise(10'000))) ++acknowledged;
  const Result<void> later = put_and_wait(*store, Table::event, "later", "v");
  require(!later && later.error().code == "StorageFailed", "a commit after it is not refused");
  require(scan_all(*store, Table::event).size() == acknowledged, "what is seen is not what was acknowledged");
  return 0;
}

}  // namespace stepwell::store
