#pragma once
// Publishing: a message into the deliveries of a topic's subscriptions, as part of a commit.

#include "services/sns/message.h"
#include "services/sns/sns.h"

#include <string_view>

namespace stepwell::sns {

// Publish and PublishBatch as part of the commit of `batch`; a failure leaves nothing in it.
Result<wire::Reply> fold_publish(Sns& sns, wire::Call& call, store::Batch& batch);
Result<wire::Reply> fold_publish_batch(Sns& sns, wire::Call& call, store::Batch& batch);

}  // namespace stepwell::sns
