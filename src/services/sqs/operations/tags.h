#pragma once
// Changing the tags of a queue.

#include "services/sqs/operations/support.h"

#include <functional>

namespace stepwell::sqs {

// `change` makes the new tags, an object, of those that the queue has. Error InvalidParameterValueException for more
// than 50.
Task<Result<wire::Reply>> change_tags(Sqs& sqs, wire::Call& call,
                                      std::function<json::Value(const json::Value& tags)> change);

}  // namespace stepwell::sqs
