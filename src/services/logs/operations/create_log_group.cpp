#include "lang/json/print.h"
#include "services/logs/operations/support.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> create_log_group(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  Group group{.arn = group_arn(call.caller, call.text("logGroupName")),
              .name = std::string(call.text("logGroupName")),
              .created = logs.clock.now(),
              .kms_key = std::string(call.text("kmsKeyId"))};
  CO_TRY_ASSIGN(const auto existing, logs.archive.find_group(group.arn));
  if (existing) co_return fail(errors::group_exists());
  if (call.has("logGroupClass")) group.log_class = call.text("logGroupClass");
  if (const json::Value* tags = call.member("tags")) group.tags = json::print(*tags);
  CO_TRY(co_await logs.archive.save_group(std::move(group)));
  co_return reply_with_nothing(call);
}

}  // namespace stepwell::logs
