#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> describe_task_definition(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const Definition definition, find_definition(ecs, call, "Unable to describe task definition."));
  json::ObjectBuilder output(call.arena);
  output.add("taskDefinition", show(call.arena, definition));
  if (includes(call, "TAGS")) output.add("tags", read_tags(call.arena, definition.tags));
  co_return reply_with(output.build());
}

}  // namespace stepwell::ecs
