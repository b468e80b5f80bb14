#include "store/rocksdb/directory_lock.h"

#include "store/errors.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

#include <fmt/format.h>

namespace stepwell::store {
namespace {

constexpr std::string_view lock_name = "stepwell.lock";

Error failure(const std::string& path) {
  return storage_failed(fmt::format("cannot lock {}: {}", path, std::system_category().message(errno)));
}

std::string holder(int file) {
  std::array<char, 16> text{};
  const ssize_t size = ::pread(file, text.data(), text.size(), 0);
  if (size <= 0) return "another process";
  return fmt::format("process {}", std::string_view(text.data(), static_cast<std::size_t>(size)));
}

bool write_holder(int file) {
  const std::string text = fmt::format("{}", ::getpid());
  return ::ftruncate(file, 0) == 0 && ::pwrite(file, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size());
}

}  // namespace

Result<DirectoryLock> DirectoryLock::take(const std::string& directory) {
  const std::string path = fmt::format("{}/{}", directory, lock_name);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return fail(failure(path));
  DirectoryLock lock(file);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return fail(data_directory_locked(directory, holder(file)));
    return fail(failure(path));
  }
  if (!write_holder(file)) return fail(failure(path));
  return lock;
}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace stepwell::store
