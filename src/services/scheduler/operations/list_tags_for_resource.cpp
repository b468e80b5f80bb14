#include "services/scheduler/operations/support.h"

namespace stepwell::scheduler {

Task<Result<wire::Reply>> list_tags_for_resource(Schedules& schedules, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_tagged(schedules, call));
  const json::Value document = read(call.arena, group.document);
  co_return reply_with(
      json::ObjectBuilder(call.arena).add("Tags", json::make_array(call.arena, elements_of(document, "Tags"))).build());
}

}  // namespace stepwell::scheduler
