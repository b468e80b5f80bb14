#include "services/logs/operations/support.h"
#include "services/logs/put_events.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> create_log_stream(Logs& logs, wire::Call& call) {
  const auto lock = co_await logs.archive.changes().lock();
  store::Batch batch;
  CO_TRY_ASSIGN(auto reply, fold_create_log_stream(logs, call, batch));
  CO_TRY(co_await logs.archive.commit(std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::logs
