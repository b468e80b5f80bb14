#pragma once
// A message that is published, as Publish and PublishBatch give it, and what AWS asks of it.

#include "base/error.h"
#include "base/time.h"
#include "lang/json/value.h"
#include "services/sns/records.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stepwell::sns {

struct MessageAttribute {
  std::string_view name;
  std::string_view type;   // String, String.Array, Number, Binary, each with .anything behind it
  std::string_view value;  // base64 where it is binary
  bool is_binary = false;
};

// What it is made of lives as long as the call.
struct Message {
  std::string_view text;
  std::optional<std::string_view> subject;
  std::vector<MessageAttribute> attributes;
  std::string_view group;                  // of a FIFO topic
  std::string_view deduplication_id;       // likewise; empty: by its content
  std::optional<json::Value> by_protocol;  // MessageStructure json: the text for each protocol

  std::string id;
  std::string sequence;  // of a FIFO topic
  std::string topic;     // ARN
  Timestamp at{};

  std::string_view text_for(std::string_view protocol) const;
  std::size_t bytes() const;  // of what counts: text and attributes
};

inline constexpr std::size_t max_message_bytes = 262'144;

// `entry` is the input of Publish or an entry of a batch. Errors InvalidParameterException,
// InvalidParameterValueException.
Result<Message> read_message(json::Arena& arena, const Topic& topic, const json::Value& entry);

// The value of MessageAttributes, checked. Error InvalidParameterValueException.
Result<std::vector<MessageAttribute>> read_attributes(const json::Value* given);

}  // namespace stepwell::sns
