#include "services/logs/operations/support.h"

namespace stepwell::logs {

// The older name of ListTagsForResource.
Task<Result<wire::Reply>> list_tags_log_group(Logs& logs, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  co_return reply_with(json::ObjectBuilder(call.arena).add("tags", show_tags(call.arena, group)).build());
}

}  // namespace stepwell::logs
