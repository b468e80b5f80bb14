#include "services/sns/operations/support.h"
#include "services/sns/subscription_attributes.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> get_subscription_attributes(Sns& sns, wire::Call& call) {
  CO_TRY_ASSIGN(const FoundSubscription found, find_subscription(sns, call));
  co_return reply_with(call, "Attributes", show_subscription_attributes(call.arena, *found.subscriber));
}

}  // namespace stepwell::sns
