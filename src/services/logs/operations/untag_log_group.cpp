#include "services/logs/operations/support.h"

namespace stepwell::logs {

// The older name of UntagResource.
Task<Result<wire::Reply>> untag_log_group(Logs& logs, wire::Call& call) {
  return remove_tags(logs, call, find_group, "tags");
}

}  // namespace stepwell::logs
