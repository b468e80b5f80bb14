#pragma once
// Deployment packages unpacked on disk: a cache of what the store holds, emptied at every start. Each unpacked package
// has a directory of its own, <directory>/<function>/<SHA-256>.<number>, that stays as long as somebody holds it.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/workers.h"
#include "services/lambda/functions.h"

#include <atomic>
#include <filesystem>
#include <list>
#include <memory>
#include <string>
#include <unordered_map>

namespace stepwell::lambda {

// An unpacked package. Its directory is removed with it.
class UnpackedCode {
 public:
  UnpackedCode(std::shared_ptr<WorkQueue> disk, std::filesystem::path path)
      : disk_(std::move(disk)), path_(std::move(path)) {}
  ~UnpackedCode();
  UnpackedCode(const UnpackedCode&) = delete;
  UnpackedCode& operator=(const UnpackedCode&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::shared_ptr<WorkQueue> disk_;
  std::filesystem::path path_;
};
using CodePtr = std::shared_ptr<const UnpackedCode>;

// A package as a caller sends it, looked at and unpacked.
struct Upload {
  std::string package;
  std::string digest;  // SHA-256, 32 bytes
  CodePtr code;
};

class CodeCache {
 public:
  // Empties `directory`.
  static Result<std::unique_ptr<CodeCache>> open(store::Store& store, Workers& disk, std::filesystem::path directory);

  // `base64` must outlive the task. Errors: InvalidParameterValueException.
  Task<Result<Upload>> receive(std::string function_name, std::string_view base64);
  // The upload is now the function's code.
  void keep(const std::string& arn, const Upload& upload);

  // The function's code; unpacked first where it is not there. Error InvalidZipFileException.
  Task<Result<CodePtr>> code_of(FunctionPtr function);
  void forget(const std::string& arn);

 private:
  struct Entry {
    std::string arn;
    std::string digest;
    CodePtr code;
  };

  CodeCache(store::Store& store, Workers& disk, std::filesystem::path directory)
      : store_(&store), disk_(&disk), directory_(std::move(directory)) {}
  std::filesystem::path new_path(const std::string& function_name, std::string_view digest);
  CodePtr find(const FunctionRecord& function);
  void insert(std::string arn, std::string digest, CodePtr code);

  store::Store* store_;
  Workers* disk_;
  std::filesystem::path directory_;
  std::atomic<std::uint64_t> made_ = 0;
  std::list<Entry> entries_;  // the last used first
  std::unordered_map<std::string, std::list<Entry>::iterator> by_arn_;
  AsyncMutex unpacking_;
};

}  // namespace stepwell::lambda
