#pragma once
// What becomes of a function's asynchronous invocations: how often and how long they are tried, and who is told of
// their ends (PutFunctionEventInvokeConfig).

#include "base/error.h"
#include "base/task.h"
#include "base/time.h"
#include "base/timer.h"
#include "store/store.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stepwell::lambda {

struct EventConfig {
  std::optional<std::uint32_t> max_retries;
  std::optional<std::uint32_t> max_age_seconds;
  std::string on_success, on_failure;  // ARNs; empty: nobody
  Timestamp modified{};
};

class EventConfigs {
 public:
  EventConfigs(store::Store& store, Scheduler& scheduler) : store_(&store), scheduler_(&scheduler) {}

  // Of a function, by its unqualified ARN; nullopt: none was ever put.
  Result<std::optional<EventConfig>> find(std::string_view arn) const;
  Task<Result<void>> save(std::string arn, EventConfig config);
  Task<Result<void>> remove(std::string arn);

 private:
  store::Store* store_;
  Scheduler* scheduler_;
};

}  // namespace stepwell::lambda
