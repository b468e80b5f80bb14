#include "services/logs/operations/support.h"

namespace stepwell::logs {

// The older name of TagResource.
Task<Result<wire::Reply>> tag_log_group(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find_group(logs, call));
  CO_TRY_ASSIGN(group.tags, with_tags(group, *call.member("tags")));
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
