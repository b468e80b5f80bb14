#pragma once
// The exceptions of Amazon SQS, one factory each, in AWS's words. What the query protocol calls them is in the API
// model.

#include "base/error.h"
#include "services/directory/not_implemented.h"

#include <cstddef>
#include <string>
#include <string_view>

#include <fmt/format.h>

namespace stepwell::sqs::errors {

inline Error make(std::string_view code, std::string message, std::string detail = {}) {
  return {
      .fault = Fault::client, .code = std::string(code), .message = std::move(message), .detail = std::move(detail)};
}

inline Error access_denied(std::string_view url) {
  Error error = make("AccessDeniedException", fmt::format("Access to the resource {} is denied.", url));
  error.status = 403;
  return error;
}
inline Error attribute_of_fifo(std::string_view name) {
  return make("InvalidAttributeName", fmt::format("You can specify the {} only when FifoQueue is set to true.", name));
}
inline Error batch_ids_not_distinct(std::string_view id) {
  return make("BatchEntryIdsNotDistinct", fmt::format("Id {} repeated.", id));
}
inline Error batch_too_long(std::size_t bytes, std::size_t most) {
  return make("BatchRequestTooLong",
              fmt::format("Batch requests cannot be longer than {} bytes. You have sent {} bytes.", most, bytes));
}
inline Error empty_batch(std::string_view entries) {
  return make("EmptyBatchRequest", fmt::format("There should be at least one {} in the request.", entries));
}
inline Error invalid_address(std::string_view url) {
  return make("InvalidAddress", fmt::format("The address {} is not valid for this endpoint.", url));
}
inline Error invalid_attribute_value(std::string_view name) {
  return make("InvalidAttributeValue", fmt::format("Invalid value for the parameter {}.", name));
}
inline Error invalid_attribute_value(std::string_view name, std::string_view reason) {
  return make("InvalidAttributeValue", fmt::format("Invalid value for the parameter {}. Reason: {}", name, reason));
}
inline Error invalid_batch_id() {
  return make(
      "InvalidBatchEntryId",
      "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 "
      "letters long.");
}
inline Error invalid_characters() {
  return make("InvalidMessageContents",
              "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to "
              "#xFFFD | #x10000 to #x10FFFF");
}
inline Error invalid_parameter(std::string message) {
  return make("InvalidParameterValueException", std::move(message));
}
inline Error invalid_value(std::string_view value, std::string_view parameter, std::string_view reason) {
  return invalid_parameter(fmt::format("Value {} for parameter {} is invalid. Reason: {}", value, parameter, reason));
}
inline Error message_too_long(std::size_t most) {
  return invalid_parameter(
      fmt::format("One or more parameters are invalid. Reason: Message must be shorter than {} bytes.", most));
}
inline Error missing(std::string_view parameter) {
  return make("MissingRequiredParameterException",
              fmt::format("The request must contain the parameter {}.", parameter));
}
inline Error no_such_queue() { return make("QueueDoesNotExist", "The specified queue does not exist."); }
inline Error no_such_resource(std::string_view parameter) {
  return make("ResourceNotFoundException",
              fmt::format("The resource that you specified for the {} parameter doesn't exist.", parameter));
}
inline Error no_such_task() { return make("ResourceNotFoundException", "Task does not exist."); }
inline Error not_in_flight(std::string_view handle) {
  return make("MessageNotInflight", fmt::format("Value {} for parameter ReceiptHandle is invalid. Reason: Message does "
                                                "not exist or is not available for visibility timeout change.",
                                                handle));
}
inline Error over_limit(std::string message) { return make("OverLimit", std::move(message)); }
inline Error purge_in_progress(std::string_view name) {
  return make("PurgeQueueInProgress",
              fmt::format("Only one PurgeQueue operation on {} is allowed every 60 seconds.", name));
}
inline Error queue_deleted_recently() {
  return make("QueueDeletedRecently",
              "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
}
inline Error queue_exists(std::string_view attribute) {
  return make(
      "QueueNameExists",
      fmt::format("A queue already exists with the same name and a different value for attribute {}", attribute));
}
inline Error receipt_handle_invalid(std::string_view handle) {
  return make("ReceiptHandleIsInvalid",
              fmt::format("The input receipt handle \"{}\" is not a valid receipt handle.", handle));
}
inline Error receipt_handle_expired(std::string_view handle) {
  return invalid_value(handle, "ReceiptHandle", "The receipt handle has expired.");
}
inline Error too_many_entries(std::size_t entries) {
  return make("TooManyEntriesInBatchRequest",
              fmt::format("Maximum number of entries per request are 10. You have sent {}.", entries));
}
inline Error unknown_attribute(std::string_view name) {
  return make("InvalidAttributeName", fmt::format("Unknown Attribute {}.", name));
}
inline Error unreadable(std::string_view what) {
  return internal_error(fmt::format("The record of {} cannot be read.", what));
}

using directory::not_implemented;

}  // namespace stepwell::sqs::errors
