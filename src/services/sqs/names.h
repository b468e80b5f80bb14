#pragma once
// How queues and move tasks are named: ARNs, the URLs that clients address queues by, task handles.
//
// A queue's URL is http://HOST/ACCOUNT/NAME with the host as the client has reached this server. Of one that is given,
// the path alone counts: the same queue may be reached by several names.

#include "base/error.h"
#include "wire/call.h"

#include <optional>
#include <string>
#include <string_view>

namespace stepwell::sqs {

std::string queue_arn(std::string_view region, std::string_view account, std::string_view name);
// Empty where that is no queue's.
std::string_view name_of(std::string_view arn);
// Error InvalidAddress.
Result<std::string> arn_of_url(const wire::Caller& caller, std::string_view url);
// `own_url` is for callers that come from inside.
std::string url_of(const wire::Caller& caller, std::string_view own_url, std::string_view arn);

struct TaskHandle {
  std::string source;  // ARN
  std::string id;
};
std::string task_handle(const TaskHandle& handle);
std::optional<TaskHandle> read_task_handle(std::string_view text);

}  // namespace stepwell::sqs
