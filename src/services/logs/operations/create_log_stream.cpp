#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> create_log_stream(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  const std::string name(call.text("logStreamName"));
  CO_TRY_ASSIGN(const auto existing, logs.archive.find_stream(group.arn, name));
  if (existing != nullptr) co_return fail(errors::stream_exists());
  CO_TRY(co_await logs.archive.create_stream(group.arn, name));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
