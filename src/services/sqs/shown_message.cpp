#include "services/sqs/shown_message.h"

#include "crypto/hash.h"
#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "services/sqs/attributes.h"
#include "services/sqs/errors.h"
#include "services/sqs/message_attributes.h"
#include "services/sqs/sequences.h"

#include <algorithm>
#include <array>

namespace stepwell::sqs {
namespace {

constexpr auto system_attributes = std::to_array<std::string_view>(
    {"All", "AWSTraceHeader", "ApproximateFirstReceiveTimestamp", "ApproximateReceiveCount", "DeadLetterQueueSourceArn",
     "MessageDeduplicationId", "MessageGroupId", "SenderId", "SentTimestamp", "SequenceNumber"});

std::string millis(Timestamp time) { return fmt::to_string(time.time_since_epoch().count()); }

bool asks_for(const Shown& shown, std::string_view name) {
  if (shown.all_attributes) return true;
  return std::ranges::any_of(shown.attributes, [name](std::string_view asked) {
    if (asked.ends_with(".*")) return name.starts_with(asked.substr(0, asked.size() - 2));
    return asked == name;
  });
}

json::Value show_system(json::Arena& arena, const Delivery& delivery, const Shown& shown, bool fifo) {
  const Message& message = delivery.message;
  json::ObjectBuilder object(arena);
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty() && (shown.all_system || std::ranges::find(shown.system, name) != shown.system.end())) {
      object.add(name, value);
    }
  };
  add("SenderId", message.sender);
  add("SentTimestamp", millis(message.sent));
  add("ApproximateReceiveCount", fmt::to_string(delivery.receives));
  add("ApproximateFirstReceiveTimestamp", millis(delivery.first_received));
  if (fifo) add("SequenceNumber", sequence_number(delivery.sequence));
  add("MessageDeduplicationId", message.deduplication_id);
  add("MessageGroupId", message.group);
  add("AWSTraceHeader", message.trace_header);
  add("DeadLetterQueueSourceArn", message.dead_letter_source);
  return object.build();
}

json::Value show_attributes(json::Arena& arena, const Message& message, const Shown& shown) {
  json::ObjectBuilder object(arena);
  const auto all = json::parse_copy(arena, message.attributes);
  if (!all || !all->is_object()) return object.build();
  for (const json::Member& attribute : all->members()) {
    if (asks_for(shown, attribute.key)) object.add(attribute.key, attribute.value);
  }
  return object.build();
}

}  // namespace

Result<Shown> read_shown(const wire::Call& call) {
  Shown shown;
  for (const std::string_view member : {"AttributeNames", "MessageSystemAttributeNames"}) {
    const json::Value* names = call.member(member);
    if (names == nullptr) continue;
    for (const json::Value& asked : names->elements()) {
      const std::string_view name = asked.as_string();
      const bool is_system = std::ranges::find(system_attributes, name) != system_attributes.end();
      // The older member has names of queues' attributes, too; a message has none of these.
      if (!is_system && !is_attribute(name)) return fail(errors::unknown_attribute(name));
      if (name == "All") shown.all_system = true;
      shown.system.push_back(name);
    }
  }
  if (const json::Value* names = call.member("MessageAttributeNames")) {
    for (const json::Value& asked : names->elements()) {
      const std::string_view name = asked.as_string();
      if (name == "All" || name == ".*" || name == "*") shown.all_attributes = true;
      shown.attributes.push_back(name);
    }
  }
  return shown;
}

json::Value show_message(json::Arena& arena, const Delivery& delivery, const Shown& shown, bool fifo) {
  const Message& message = delivery.message;
  json::ObjectBuilder object(arena);
  object.add("MessageId", message.id)
      .add("ReceiptHandle", delivery.receipt_handle)
      .add("MD5OfBody", crypto::to_hex(message.body_digest))
      .add("Body", message.body);
  if (shown.all_system || !shown.system.empty()) {
    const json::Value system = show_system(arena, delivery, shown, fifo);
    if (system.size() > 0) object.add("Attributes", system);
  }
  if (!message.attributes.empty() && !shown.attributes.empty()) {
    const json::Value attributes = show_attributes(arena, message, shown);
    if (attributes.size() > 0) {
      object.add("MD5OfMessageAttributes", attributes_digest(attributes)).add("MessageAttributes", attributes);
    }
  }
  return object.build();
}

}  // namespace stepwell::sqs
