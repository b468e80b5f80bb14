#pragma once
// The functions of this server: their records and deployment packages in the store, the records also in memory.

#include "base/async_mutex.h"
#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "store/store.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace stepwell::lambda {

struct FunctionRecord {
  std::string arn;  // unqualified
  std::string name;
  std::string runtime;  // "nodejs20.x"
  std::string role;
  std::string handler;  // "file.function"
  std::string description;
  std::uint32_t timeout_seconds = 3;
  std::uint32_t memory_mb = 128;
  std::optional<std::vector<std::pair<std::string, std::string>>> environment;  // nullopt: none was ever given
  std::string code_digest;                                                      // SHA-256 of the package, 32 bytes
  std::uint64_t code_bytes = 0;
  std::string revision_id;  // another one after every change
  Timestamp modified{};
  std::string shown;   // JSON object: configuration that is kept and shown, and changes nothing here
  std::string tags;    // JSON object
  std::string policy;  // who may use it besides, JSON; empty: it has none
};

// Whether a process of the one serves the other as well: they differ in nothing that processes are made from.
bool share_processes(const FunctionRecord& one, const FunctionRecord& other);

using FunctionPtr = std::shared_ptr<const FunctionRecord>;

class Functions {
 public:
  Functions(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}

  // nullptr: there is none.
  Result<FunctionPtr> find(const std::string& arn);
  // In the order of their names, after `after` (an ARN; empty: from the beginning).
  Result<std::vector<FunctionPtr>> list(std::string_view arn_prefix, std::string_view after, std::size_t limit) const;

  // Held while a function is looked at and changed, so that two changes do not cross.
  AsyncMutex& changes() { return changes_; }
  Task<Result<void>> save(FunctionRecord record);
  // The same with a new package, whose digest the record has; the package before it goes.
  Task<Result<void>> save_with_code(FunctionRecord record, std::string package);
  Task<Result<void>> remove(std::string arn);

 private:
  Task<Result<void>> commit(store::Batch batch, FunctionPtr record);

  store::Store* store_;
  Scheduler* scheduler_;
  AsyncMutex changes_;
  std::unordered_map<std::string, FunctionPtr> known_;  // by ARN
};

// The deployment package of a function; may be called on any thread. Error when it is not there or cannot be read.
Result<std::string> read_package(store::Store& store, const FunctionRecord& function);

}  // namespace stepwell::lambda
