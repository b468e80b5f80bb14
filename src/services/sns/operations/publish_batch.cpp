#include "services/sns/publish.h"
#include "store/commit.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> publish_batch(Sns& sns, wire::Call& call) {
  store::Batch batch;
  CO_TRY_ASSIGN(wire::Reply reply, fold_publish_batch(sns, call, batch));
  CO_TRY(co_await store::commit(sns.store, sns.scheduler, std::move(batch)));
  co_return reply;
}

}  // namespace stepwell::sns
