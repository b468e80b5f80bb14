#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> list_tags_for_resource(Logs& logs, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_resource(logs, call));
  co_return reply_with(json::ObjectBuilder(call.arena).add("tags", show_tags(call.arena, group)).build());
}

}  // namespace stepwell::logs
