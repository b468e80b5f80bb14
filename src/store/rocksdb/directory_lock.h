#pragma once
// One process at a time has a data directory. The lock is flock(2) on a file in it: the kernel gives it back when the
// process ends, however it ends. The file holds the number of the process, for the message only.

#include "base/error.h"

#include <string>
#include <utility>

namespace stepwell::store {

class DirectoryLock {
 public:
  static Result<DirectoryLock> take(const std::string& directory);  // "DataDirectoryLocked", "StorageFailed"

  DirectoryLock(DirectoryLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  DirectoryLock& operator=(DirectoryLock&&) = delete;
  ~DirectoryLock();

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  int file_;
};

}  // namespace stepwell::store
