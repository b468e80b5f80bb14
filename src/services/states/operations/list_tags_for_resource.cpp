#include "services/states/operations/support.h"
#include "services/states/tagged_resource.h"

namespace stepwell::states {

Task<Result<wire::Reply>> list_tags_for_resource(States& states, wire::Call& call) {
  CO_TRY_ASSIGN(const TaggedResource resource, find_tagged(states, call.text("resourceArn")));
  co_return reply(json::ObjectBuilder(call.arena).add("tags", stored_json(call.arena, resource.tags())).build());
}

}  // namespace stepwell::states
