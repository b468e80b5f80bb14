#include "lang/json/documents.h"
#include "services/lambda/operations/tags.h"

namespace stepwell::lambda {

Task<Result<wire::Reply>> untag_resource(Lambda& lambda, wire::Call& call) {
  co_return co_await change_tags(lambda, call, [&](const json::Value& tags) {
    std::vector<json::Member> gone;
    for (const json::Value& key : call.member("TagKeys")->elements()) gone.push_back({key.as_string(), json::Value()});
    return json::with(call.arena, tags, gone);
  });
}

}  // namespace stepwell::lambda
