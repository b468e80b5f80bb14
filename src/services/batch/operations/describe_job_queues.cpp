#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> describe_job_queues(Jobs& jobs, wire::Call& call) {
  CO_TRY_ASSIGN(const Page page, describe_places(jobs, call, Kind::queue, "jobQueues",
                                                 [&call](const Place& place, const json::Value& document) {
                                                   const json::Value arn = json::make_string(call.arena, place.arn());
                                                   return with(call.arena, document, {{"jobQueueArn", arn}});
                                                 }));
  co_return reply_with_page(call, "jobQueues", page);
}

}  // namespace stepwell::batch
