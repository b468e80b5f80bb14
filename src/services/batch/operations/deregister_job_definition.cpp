#include "services/batch/operations/support.h"

namespace stepwell::batch {

// A revision is kept, so that its number is not used again, and its jobs go on.
Task<Result<wire::Reply>> deregister_job_definition(Jobs& jobs, wire::Call& call) {
  const auto lock = co_await jobs.catalog.changes().lock();
  const std::string_view name = call.text("jobDefinition");
  const auto place = read_place(Kind::definition, call.caller, name);
  if (!place || place->revision == 0) {
    co_return fail(errors::refused(fmt::format("{} is no job definition with its revision.", name)));
  }
  CO_TRY_ASSIGN(const auto document, jobs.catalog.find(call.arena, *place));
  if (!document) co_return fail(errors::definition_not_found(name));
  CO_TRY(
      co_await jobs.catalog.save(*place, with(call.arena, *document, {{"status", json::Value::string("INACTIVE")}})));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::batch
