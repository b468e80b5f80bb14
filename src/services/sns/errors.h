#pragma once
// The exceptions of Amazon SNS, one factory each, in AWS's words.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::sns::errors {

inline Error make(std::string_view code, std::string message) {
  return {.code = std::string(code), .message = std::move(message), .detail = {}};
}

inline Error invalid(std::string message) { return make("InvalidParameterException", std::move(message)); }
inline Error invalid_parameter(std::string_view what) { return invalid(fmt::format("Invalid parameter: {}", what)); }
inline Error invalid_parameter(std::string_view name, std::string_view reason) {
  return invalid(fmt::format("Invalid parameter: {} Reason: {}", name, reason));
}
inline Error invalid_attribute(std::string message) { return make("InvalidParameterValueException", message); }
inline Error too_few_parts(std::string_view name, std::size_t parts) {
  return invalid_parameter(name, fmt::format("An ARN must have at least 6 elements, not {}", parts));
}

inline Error topic_not_found() { return make("NotFoundException", "Topic does not exist"); }
inline Error subscription_not_found() { return make("NotFoundException", "Subscription does not exist"); }
inline Error resource_not_found() { return make("ResourceNotFoundException", "Resource does not exist"); }

inline Error too_many_topics() { return make("TopicLimitExceededException", "Topic count limit exceeded"); }
inline Error too_many_subscriptions() {
  return make("SubscriptionLimitExceededException", "Subscription limit exceeded");
}
inline Error too_many_tags() {
  return make("TagLimitExceededException", "Could not complete request: tag quota of per resource exceeded");
}

inline Error empty_batch() {
  return make("EmptyBatchRequestException", "The batch request doesn't contain any entries.");
}
inline Error too_many_entries() {
  return make("TooManyEntriesInBatchRequestException", "The batch request contains more entries than permissible.");
}
inline Error same_entry_ids() {
  return make("BatchEntryIdsNotDistinctException", "Two or more batch entries in the request have the same Id.");
}
inline Error invalid_entry_id() {
  return make("InvalidBatchEntryIdException",
              "The Id of a batch entry in a batch request doesn't abide by the specification.");
}
inline Error batch_too_long() {
  return make("BatchRequestTooLongException", "The length of all the messages put together is more than the limit.");
}

using directory::not_implemented;

}  // namespace stepwell::sns::errors
