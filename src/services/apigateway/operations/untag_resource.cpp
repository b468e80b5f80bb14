#include "services/apigateway/operations/tags.h"

namespace stepwell::apigateway {

Task<Result<wire::Reply>> untag_resource(Gateway& gateway, wire::Call& call) {
  const auto lock = co_await gateway.apis.changes().lock();
  CO_TRY_ASSIGN(TaggedDocument tagged, find_tagged(gateway, call));
  std::vector<json::Member> gone;
  for (const json::Value& key : elements_of(call.input, "tagKeys")) gone.push_back({key.as_string(), json::Value()});
  const json::Value tags = with(call.arena, object_of(tagged.document, "tags"), gone);
  CO_TRY(co_await save_tags(gateway, call, std::move(tagged), tags));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::apigateway
