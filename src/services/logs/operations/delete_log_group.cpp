#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> delete_log_group(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(const Group group, find_group(logs, call));
  CO_TRY(co_await logs.archive.remove_group(group.arn));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
