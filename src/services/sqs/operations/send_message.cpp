#include "services/sqs/new_message.h"
#include "services/sqs/operations/support.h"

namespace stepwell::sqs {

Task<Result<wire::Reply>> send_message(Sqs& sqs, wire::Call& call) {
  store::Batch batch;
  CO_TRY_ASSIGN(auto reply, fold_send_message(sqs, call, batch));
  CO_TRY(co_await commit(sqs, std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::sqs
