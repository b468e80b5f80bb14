#include "services/logs/operations/support.h"

namespace stepwell::logs {

// The older name of TagResource.
Task<Result<wire::Reply>> tag_log_group(Logs& logs, wire::Call& call) { return add_tags(logs, call, find_group); }

}  // namespace stepwell::logs
