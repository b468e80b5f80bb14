#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> untag_resource(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  CO_TRY_ASSIGN(Tagged tagged, find_tagged(jobs, call));
  json::Value tags = object_of(tagged.document, "tags");
  for (const json::Value& key : elements_of(call.input, "tagKeys")) {
    tags = with(call.arena, tags, {{key.as_string(), json::Value()}});
  }
  CO_TRY(co_await save_tags(jobs, call, std::move(tagged), tags));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
