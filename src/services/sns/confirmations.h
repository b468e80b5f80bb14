#pragma once
// How an endpoint says that it wants a subscription: the token that it is sent, and the message with it.

#include "services/sns/sns.h"

#include <string>
#include <string_view>

namespace stepwell::sns {

// A new one, which begins with the subscription's id.
std::string make_token(const Subscription& subscription);
// The id of the subscription that a token is of. Error InvalidParameterException for what is no token.
Result<std::string> subscription_of_token(std::string_view token);

// Sends the token of the subscription to its endpoint, with the commit of `batch`.
enum class Asks : bool { to_confirm, to_restore };
Result<void> send_token(Sns& sns, const Topic& topic, const Subscription& subscription, Asks asks, store::Batch& batch);

}  // namespace stepwell::sns
