#pragma once
// Resource policies of CloudWatch Logs: who may deliver logs here. They are kept and shown; ten a region, as on AWS.

#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "store/store.h"
#include "wire/call.h"

#include <string>
#include <string_view>
#include <vector>

namespace stepwell::logs {

struct Policy {
  std::string name;
  std::string document;
  Timestamp updated{};
};

class Policies {
 public:
  Policies(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}
  Result<std::vector<Policy>> list(const wire::Caller& caller) const;  // by name
  Task<Result<void>> save(const wire::Caller& caller, Policy policy);
  Task<Result<void>> remove(const wire::Caller& caller, std::string_view name);

 private:
  store::Store* store_;
  Scheduler* scheduler_;
};

}  // namespace stepwell::logs
