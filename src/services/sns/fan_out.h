#pragma once
// One message to the subscriptions of its topic: who gets it, in which form, by which delivery.

#include "services/sns/message.h"
#include "services/sns/sns.h"

#include <string>

namespace stepwell::sns {

// Adds the deliveries to `batch`. The message has its id and time. Errors: those of the store.
Result<void> fan_out(Sns& sns, const wire::Call& call, const Channel& channel, const Message& message,
                     store::Batch& batch);

// Its own, or the SHA-256 of its text.
std::string deduplication_id(const Message& message);

// A request to an HTTP endpoint, without the headers of one kind of message.
deliveries::Delivery to_http(const Subscriber& subscriber, std::string body,
                             std::vector<std::pair<std::string, std::string>> headers);

}  // namespace stepwell::sns
