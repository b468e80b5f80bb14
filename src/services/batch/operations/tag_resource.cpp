#include "services/batch/operations/support.h"

namespace stepwell::batch {
namespace {
constexpr std::size_t most_tags = 50;
}

Task<Result<wire::Reply>> tag_resource(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  CO_TRY_ASSIGN(Tagged tagged, find_tagged(jobs, call));
  const json::Value tags = with(call.arena, object_of(tagged.document, "tags"), tags_of(call).members());
  if (tags.size() > most_tags) co_return fail(errors::client("A resource can have at most 50 tags."));
  CO_TRY(co_await save_tags(jobs, call, std::move(tagged), tags));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
