#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> list_tags_for_resource(Jobs& jobs, wire::Call& call) {
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(jobs, call));
  co_return reply_with(json::ObjectBuilder(call.arena).add("tags", object_of(tagged.document, "tags")).build());
}

}  // namespace stepwell::batch
