#include "services/sns/operations/support.h"

namespace stepwell::sns {

Task<Result<wire::Reply>> list_subscriptions(Sns& sns, wire::Call& call) {
  // All keys that begin with the ARNs of the caller's topics: an ended text without its end.
  std::string prefix = topic_key(fmt::format("arn:aws:sns:{}:{}:", call.caller.region, call.caller.account));
  prefix.resize(prefix.size() - 2);
  co_return list(sns, call, prefix);
}

}  // namespace stepwell::sns
