#pragma once
// Messages of a queue as the events of a function, and what a function says of those that it could not do.

#include "lang/event_pattern/pattern.h"
#include "lang/json/value.h"

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::lambda {

struct SqsRecord {
  std::string message_id;
  std::string receipt_handle;
  std::string text;  // JSON object, as the function gets it
};

// `message` is one of ReceiveMessage.
SqsRecord make_record(const json::Value& message, std::string_view queue_arn, std::string_view region);

// Whether one of the patterns fits the record, whose body counts as JSON where it is that; without patterns all do.
bool fits(const SqsRecord& record, std::span<const event_pattern::Pattern> patterns);

// {"Records":[…]}
std::string make_event(std::span<const SqsRecord> records);

// The messages that the function's answer names in batchItemFailures; nullopt: it says that in no form that counts, and
// all have failed.
std::optional<std::set<std::string>> read_failures(std::string_view answer, std::span<const SqsRecord> records);

}  // namespace stepwell::lambda
