#pragma once
// Work of other services that tasks wait for (.sync): one file here for each kind, one line in work.def.
//
// The task's submission names the work by its ARN. A service of this program tells when it has ended
// (directory::Service::ended); one elsewhere is asked again and again.

#include "base/task.h"
#include "services/states/integration.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::states {

// A question about work, or the order to stop it.
struct WorkCall {
  directory::Directory& directory;
  wire::Caller caller;  // the state machine's account and region
  std::string arn;      // of the work
};

struct WorkKind {
  std::string_view service;  // in the directory, and in the resources of tasks
  // The ARN of the work that a task's submission tells of; empty: it tells of none.
  std::string (*arn_of)(const json::Value& submission);
  // What the task is answered when the work has ended; nullopt: it goes on.
  Task<Result<std::optional<TaskOutcome>>> (*look)(WorkCall call);
  // `cause` is what the work shows as the reason. No error where it has ended already.
  Task<Result<void>> (*stop)(WorkCall call, std::string cause);
};

#define WORK(name) extern const WorkKind name;
#include "services/states/awaited/work.def"
#undef WORK

// nullptr: there is no such kind.
const WorkKind* find_work(std::string_view service);

}  // namespace stepwell::states
