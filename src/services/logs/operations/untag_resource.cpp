#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> untag_resource(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  CO_TRY_ASSIGN(Group group, find_resource(logs, call));
  group.tags = without_tags(group, *call.member("tagKeys"));
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
