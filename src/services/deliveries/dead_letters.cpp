#include "services/deliveries/dead_letters.h"

#include "lang/json/build.h"
#include "services/deliveries/outcome.h"
#include "services/deliveries/queue_url.h"
#include "services/deliveries/retries.h"

#include <fmt/format.h>

namespace stepwell::deliveries {
namespace {

constexpr std::string_view events_sender = "events.amazonaws.com";

json::Value attribute(json::Arena& arena, std::string_view type, std::string_view value) {
  const std::string_view member = type.starts_with("Binary") ? "BinaryValue" : "StringValue";
  return json::ObjectBuilder(arena).add("DataType", type).add(member, value).build();
}

void add_error(json::ObjectBuilder& attributes, json::Arena& arena, const Failure& failure) {
  attributes.add("ERROR_CODE", attribute(arena, "String", event_error_code(failure.error)));
  // A message attribute cannot be empty.
  const std::string& message = failure.error.message;
  attributes.add("ERROR_MESSAGE", attribute(arena, "String", message.empty() ? failure.error.code : message));
  attributes.add("RETRY_ATTEMPTS", attribute(arena, "Number", fmt::to_string(failure.retries)));
  if (failure.exhausted == Failure::Exhausted::nothing) return;
  const bool is_age = failure.exhausted == Failure::Exhausted::age;
  attributes.add("EXHAUSTED_RETRY_CONDITION",
                 attribute(arena, "String", is_age ? "MaximumEventAgeInSeconds" : "MaximumRetryAttempts"));
}

json::Value message_of(json::Arena& arena, const DeadLetter& letter, const std::string& url, const Failure& failure) {
  json::ObjectBuilder attributes(arena);
  for (const auto& [name, value, type] : letter.attributes) {
    attributes.add(arena.copy(name), attribute(arena, type, value));
  }
  if (letter.tells_error) add_error(attributes, arena, failure);
  json::ObjectBuilder message(arena);
  message.add("QueueUrl", url).add("MessageBody", letter.body);
  if (!attributes.empty()) message.add("MessageAttributes", attributes.build());
  if (!letter.group_id.empty()) message.add("MessageGroupId", letter.group_id);
  if (!letter.deduplication_id.empty()) message.add("MessageDeduplicationId", letter.deduplication_id);
  return message.build();
}

}  // namespace

std::optional<Delivery> to_dead_letter_queue(json::Arena& arena, const Delivery& delivery, const Failure& failure) {
  const DeadLetter& letter = *delivery.dead_letter;
  const auto queue = wire::Arn::parse(letter.queue_arn);
  if (!queue) return std::nullopt;
  const auto* failed = std::get_if<ServiceCall>(&delivery.what);
  // A rule's role is for its targets alone.
  const bool has_role = failed != nullptr && delivery.sender != events_sender;
  ServiceCall send{.service = "sqs",
                   .operation = "SendMessage",
                   .input = message_of(arena, letter, queue_url(*queue), failure),
                   .account = std::string(queue->account),
                   .region = std::string(queue->region),
                   .role_arn = has_role ? failed->role_arn : std::string()};
  return Delivery{.what = std::move(send),
                  .sender = delivery.sender,
                  .source_arn = delivery.source_arn,
                  .target = letter.queue_arn,
                  .retries = managed_endpoint_retries()};
}

}  // namespace stepwell::deliveries
