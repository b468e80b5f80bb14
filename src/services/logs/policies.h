#pragma once
// Resource policies of CloudWatch Logs: which AWS services may deliver logs here. Ten a region, as on AWS.

#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "store/store.h"
#include "wire/call.h"

#include <map>
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
  // What those of the caller's place say together, as one document; empty: they say nothing. One that cannot be read
  // says nothing.
  Result<std::string> together(const wire::Caller& caller);
  Task<Result<void>> save(const wire::Caller& caller, Policy policy);
  Task<Result<void>> remove(const wire::Caller& caller, std::string_view name);

 private:
  Task<Result<void>> commit(const wire::Caller& caller, store::Batch batch);

  store::Store* store_;
  Scheduler* scheduler_;
  std::map<std::string, std::string, std::less<>> together_;  // by the key of the place; what has been asked for
};

}  // namespace stepwell::logs
