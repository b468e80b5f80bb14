#include "services/sns/message.h"

#include "lang/json/parse.h"
#include "services/sns/errors.h"

#include <algorithm>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_subject = 100;
constexpr std::size_t max_id = 128;

std::string_view text_of(const json::Value& entry, std::string_view name) {
  const json::Value* value = entry.find(name);
  return value != nullptr && value->is_string() ? value->as_string() : std::string_view{};
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

Result<std::optional<std::string_view>> read_subject(const json::Value& entry) {
  const json::Value* subject = entry.find("Subject");
  if (subject == nullptr || subject->is_null()) return std::nullopt;
  const std::string_view text = subject->as_string();
  if (text.empty() || text.size() > max_subject || std::ranges::any_of(text, is_control)) {
    return fail(errors::invalid_parameter("Subject"));
  }
  return text;
}

Result<std::optional<json::Value>> read_structure(json::Arena& arena, const json::Value& entry) {
  const std::string_view structure = text_of(entry, "MessageStructure");
  if (structure.empty()) return std::nullopt;
  if (structure != "json") return fail(errors::invalid_parameter("MessageStructure"));
  const auto texts = json::parse(arena, text_of(entry, "Message"));
  if (!texts) return fail(errors::invalid_parameter("Message Structure - JSON message body failed to parse"));
  const json::Value* usual = texts->find("default");
  if (usual == nullptr || !usual->is_string()) {
    return fail(errors::invalid_parameter("Message Structure - No default entry in JSON message body"));
  }
  return *texts;
}

// Letters, digits and punctuation of ASCII.
bool is_id(std::string_view id) {
  return id.size() <= max_id && std::ranges::all_of(id, [](char c) { return c > 0x20 && c < 0x7F; });
}

Result<void> read_fifo(const Topic& topic, const json::Value& entry, Message& message) {
  message.group = text_of(entry, "MessageGroupId");
  message.deduplication_id = text_of(entry, "MessageDeduplicationId");
  for (const auto& [name, id] :
       {std::pair("MessageGroupId", message.group), std::pair("MessageDeduplicationId", message.deduplication_id)}) {
    if (!topic.is_fifo() && !id.empty()) {
      return fail(errors::invalid_parameter(
          name, fmt::format("The request includes {} parameter that is not valid for this topic type", name)));
    }
    if (!is_id(id)) return fail(errors::invalid_parameter(name));
  }
  if (!topic.is_fifo()) return {};
  if (message.group.empty()) {
    return fail(errors::invalid_parameter("The MessageGroupId parameter is required for FIFO topics"));
  }
  if (message.deduplication_id.empty() && value_of(topic.attributes, "ContentBasedDeduplication") != "true") {
    return fail(
        errors::invalid_parameter("The topic should either have ContentBasedDeduplication enabled or "
                                  "MessageDeduplicationId provided explicitly"));
  }
  return {};
}

}  // namespace

std::string_view Message::text_for(std::string_view protocol) const {
  if (!by_protocol) return text;
  const json::Value* own = by_protocol->find(protocol);
  return own != nullptr && own->is_string() ? own->as_string() : by_protocol->find("default")->as_string();
}

std::size_t Message::bytes() const {
  std::size_t bytes = text.size();
  for (const MessageAttribute& attribute : attributes) {
    bytes += attribute.name.size() + attribute.type.size() + attribute.value.size();
  }
  return bytes;
}

Result<Message> read_message(json::Arena& arena, const Topic& topic, const json::Value& entry) {
  Message message;
  message.topic = topic.arn;
  message.text = text_of(entry, "Message");
  if (message.text.empty()) return fail(errors::invalid_parameter("Empty message"));
  TRY_ASSIGN(message.subject, read_subject(entry));
  TRY(read_fifo(topic, entry, message));
  TRY_ASSIGN(message.attributes, read_attributes(entry.find("MessageAttributes")));
  TRY_ASSIGN(message.by_protocol, read_structure(arena, entry));
  return message;
}

}  // namespace stepwell::sns
