#include "services/batch/operations/support.h"

namespace stepwell::batch {

Task<Result<wire::Reply>> describe_job_definitions(Jobs& jobs, wire::Call& call) {
  const auto show = [&call](const Place& place, const json::Value& document) -> json::Value {
    const std::string_view name = call.text("jobDefinitionName");
    const std::string_view status = call.text("status");
    if (!name.empty() && name != place.name) return {};
    if (!status.empty() && status != text_of(document, "status")) return {};
    return with(call.arena, document,
                {{"jobDefinitionArn", json::make_string(call.arena, place.arn())},
                 {"revision", json::Value::integer(call.arena, place.revision)}});
  };
  CO_TRY_ASSIGN(const Page page, describe_places(jobs, call, Kind::definition, "jobDefinitions", show));
  co_return reply_with_page(call, "jobDefinitions", page);
}

}  // namespace stepwell::batch
