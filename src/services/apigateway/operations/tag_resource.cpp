#include "services/apigateway/operations/tags.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> tag_resource(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(TaggedDocument tagged, find_tagged(gateway, call));
  const json::Value tags =
      with(call.arena, object_of(tagged.document, "tags"), object_of(call.input, "tags").members());
  CO_TRY(co_await save_tags(gateway, call, std::move(tagged), tags));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
