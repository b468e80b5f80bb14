#include "services/batch/description.h"
#include "services/batch/operations/support.h"

namespace stepwell::batch {
namespace {
constexpr std::size_t most_jobs = 100;
}

// Jobs that are not there are left out.
Task<Result<wire::Reply>> describe_jobs(Jobs& jobs, wire::Call& call) {
  const auto ids = elements_of(call.input, "jobs");
  if (ids.size() > most_jobs) co_return fail(errors::client("At most 100 jobs can be described at once."));
  std::vector<json::Value> shown;
  for (const json::Value& text : ids) {
    const auto id = parse_job_id(text.as_string());
    if (!id) continue;
    CO_TRY_ASSIGN(const auto job, jobs.ledger.find(*id));
    CO_TRY_ASSIGN(const auto document, jobs.ledger.document(id->uuid));
    if (job && document) shown.push_back(describe(call.arena, *job, read_document(call.arena, *document)));
  }
  co_return reply_with(json::ObjectBuilder(call.arena).add("jobs", json::make_array(call.arena, shown)).build());
}

}  // namespace stepwell::batch
