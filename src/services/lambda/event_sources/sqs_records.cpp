#include "services/lambda/event_sources/sqs_records.h"

#include "lang/json/build.h"
#include "lang/json/parse.h"
#include "lang/json/print.h"

#include <algorithm>

namespace stepwell::lambda {
namespace {

std::string_view text_of(const json::Value& object, std::string_view member) {
  const json::Value* value = object.find(member);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

// Names begin with small letters here.
json::Value show_attribute(json::Arena& arena, const json::Value& attribute) {
  const json::Value none = json::make_array(arena, {});
  json::ObjectBuilder shown(arena);
  if (const json::Value* text = attribute.find("StringValue")) shown.add("stringValue", *text);
  if (const json::Value* bytes = attribute.find("BinaryValue")) shown.add("binaryValue", *bytes);
  shown.add("stringListValues", none).add("binaryListValues", none);
  return shown.add("dataType", text_of(attribute, "DataType")).build();
}

json::Value with_body(json::Arena& arena, const json::Value& record, json::Value body) {
  json::ObjectBuilder changed(arena);
  for (const json::Member& member : record.members()) changed.add(member.key, member.value);
  return changed.add("body", body).build();
}

}  // namespace

SqsRecord make_record(const json::Value& message, std::string_view queue_arn, std::string_view region) {
  json::Arena arena;
  json::ObjectBuilder record(arena);
  record.add("messageId", text_of(message, "MessageId"))
      .add("receiptHandle", text_of(message, "ReceiptHandle"))
      .add("body", text_of(message, "Body"));
  if (const json::Value* attributes = message.find("Attributes")) record.add("attributes", *attributes);
  json::ObjectBuilder shown(arena);
  if (const json::Value* attributes = message.find("MessageAttributes")) {
    for (const json::Member& each : attributes->members()) shown.add(each.key, show_attribute(arena, each.value));
  }
  record.add("messageAttributes", shown.build());
  if (const std::string_view digest = text_of(message, "MD5OfMessageAttributes"); !digest.empty()) {
    record.add("md5OfMessageAttributes", digest);
  }
  record.add("md5OfBody", text_of(message, "MD5OfBody"))
      .add("eventSource", "aws:sqs")
      .add("eventSourceARN", queue_arn)
      .add("awsRegion", region);
  return {.message_id = std::string(text_of(message, "MessageId")),
          .receipt_handle = std::string(text_of(message, "ReceiptHandle")),
          .text = json::print(record.build())};
}

bool fits(const SqsRecord& record, std::span<const event_pattern::Pattern> patterns) {
  if (patterns.empty()) return true;
  json::Arena arena;
  const auto parsed = json::parse(arena, record.text);
  const auto body = json::parse(arena, text_of(*parsed, "body"));
  const json::Value event = body && body->is_object() ? with_body(arena, *parsed, *body) : *parsed;
  return std::ranges::any_of(
      patterns, [&event](const event_pattern::Pattern& pattern) { return event_pattern::matches(pattern, event); });
}

std::string make_event(std::span<const SqsRecord> records) {
  std::string event = "{\"Records\":[";
  for (const SqsRecord& record : records) {
    if (!event.ends_with('[')) event += ',';
    event += record.text;
  }
  return event += "]}";
}

std::optional<std::set<std::string>> read_failures(std::string_view answer, std::span<const SqsRecord> records) {
  json::Arena arena;
  const auto parsed = json::parse(arena, answer.empty() ? "null" : answer);
  if (!parsed) return std::nullopt;
  std::set<std::string> failed;
  const json::Value* failures = parsed->find("batchItemFailures");
  if (failures == nullptr || failures->is_null()) return failed;
  if (!failures->is_array()) return std::nullopt;
  for (const json::Value& failure : failures->elements()) {
    std::string id(text_of(failure, "itemIdentifier"));
    if (std::ranges::find(records, id, &SqsRecord::message_id) == records.end()) return std::nullopt;
    failed.insert(std::move(id));
  }
  return failed;
}

}  // namespace stepwell::lambda
