#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> describe_compute_environments(Jobs& jobs, wire::Call& call) {
  CO_TRY_ASSIGN(const Page page, describe_places(jobs, call, Kind::environment, "computeEnvironments",
                                                 [&call](const Place& place, const json::Value& document) {
                                                   const json::Value arn = json::make_string(call.arena, place.arn());
                                                   return with(call.arena, document, {{"computeEnvironmentArn", arn}});
                                                 }));
  co_return reply_with_page(call, "computeEnvironments", page);
}

}  // namespace stepwell::batch
