#include "services/apigateway/operations/tags.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> get_tags(Gateway& gateway, wire::Call& call) {
  CO_TRY_ASSIGN(const TaggedDocument tagged, find_tagged(gateway, call));
  co_return reply_with(json::ObjectBuilder(call.arena).add("tags", object_of(tagged.document, "tags")).build());
}

}  // namespace stepwell::apigateway
