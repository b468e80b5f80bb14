#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> delete_retention_policy(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find_group(logs, call));
  group.retention_days = 0;
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
