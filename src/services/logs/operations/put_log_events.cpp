#include "services/logs/operations/support.h"
#include "services/logs/put_events.h"

namespace stepwell::logs {

// A sequence token is taken and not looked at, as on AWS.
Task<Result<wire::Reply>> put_log_events(Logs& logs, wire::Call& call) {
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  CO_TRY_ASSIGN(const auto stream, find_stream(logs, group, call.text("logStreamName")));
  CO_TRY_ASSIGN(const Intake intake, take_in(call, logs.clock.now(), group.retention_days));
  if (!intake.events.empty()) {
    store::Batch batch;
    logs.archive.append(*stream, intake.events, batch);
    CO_TRY(co_await logs.archive.commit(std::move(batch)));
  }
  json::ObjectBuilder output(call.arena);
  output.add("nextSequenceToken", fmt::format("{:056}", stream->id));
  json::ObjectBuilder rejected(call.arena);
  const auto tell = [&](std::string_view member, const std::optional<std::size_t>& index) {
    if (index) rejected.add(member, static_cast<std::int64_t>(*index));
  };
  tell("tooNewLogEventStartIndex", intake.too_new_start);
  tell("tooOldLogEventEndIndex", intake.too_old_end);
  tell("expiredLogEventEndIndex", intake.expired_end);
  if (!rejected.empty()) output.add("rejectedLogEventsInfo", rejected.build());
  co_return reply_with(output.build());
}

}  // namespace stepwell::logs
