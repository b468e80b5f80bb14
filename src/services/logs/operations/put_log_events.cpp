#include "services/logs/operations/support.h"
#include "services/logs/put_events.h"

namespace stepwell::logs {

Task<Result<wire::Reply>> put_log_events(Logs& logs, wire::Call& call) {
  store::Batch batch;
  CO_TRY_ASSIGN(auto reply, fold_put_log_events(logs, call, batch, Missing::refused));
  if (!batch.empty()) CO_TRY(co_await logs.archive.commit(std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::logs
