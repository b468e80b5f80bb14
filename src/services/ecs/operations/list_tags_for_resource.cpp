#include "services/ecs/operations/support.h"

namespace stepwell::ecs {

Task<Result<wire::Reply>> list_tags_for_resource(Ecs& ecs, wire::Call& call) {
  CO_TRY_ASSIGN(const Tagged tagged, find_tagged(ecs, call.text("resourceArn")));
  co_return reply_with(call, "tags", read_tags(call.arena, tags_of(tagged)));
}

}  // namespace stepwell::ecs
