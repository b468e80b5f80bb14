#pragma once
// "Batch Job State Change": what EventBridge's default bus is told of jobs. An event is part of the commit that changes
// the status, so none is lost and none is there twice. `detail` is what DescribeJobs answers.

#include "base/ports.h"
#include "lang/json/value.h"
#include "services/batch/job.h"
#include "services/directory/directory.h"
#include "store/store.h"

#include <deque>
#include <string_view>
#include <vector>

namespace stepwell::batch {

class StatusEvents {
 public:
  StatusEvents(directory::Directory& directory, Log& log) : directory_(directory), log_(log) {}

  // Whether anybody wants to hear of the jobs of that queue.
  bool are_awaited(std::string_view queue_arn) const;
  // Tells it of these, each of the shape JobDetail, in their order. `time` is theirs.
  void fold(std::string_view queue_arn, Timestamp time, json::Arena& arena, std::span<const json::Value> details,
            store::Batch& batch) const;

 private:
  directory::Directory& directory_;
  Log& log_;
};

}  // namespace stepwell::batch
