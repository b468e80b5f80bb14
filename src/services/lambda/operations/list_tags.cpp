#include "services/lambda/operations/tags.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> list_tags(Lambda& lambda, wire::Call& call) {
  CO_TRY_ASSIGN(const json::Value tags, tags_of(lambda, call.arena, call.text("Resource")));
  co_return reply_with(json::ObjectBuilder(call.arena).add("Tags", tags).build());
}

}  // namespace stepwell::lambda
