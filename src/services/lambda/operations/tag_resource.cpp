#include "lang/json/documents.h"
#include "services/lambda/operations/tags.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> tag_resource(Lambda& lambda, wire::Call& call) {
  const json::Value& given = *call.member("Tags");
  if (given.size() == 0) {
    co_return fail(errors::invalid_parameter("An error occurred and the request cannot be processed."));
  }
  co_return co_await change_tags(
      lambda, call, [&](const json::Value& tags) { return json::with(call.arena, tags, given.members()); });
}

}  // namespace stepwell::lambda
