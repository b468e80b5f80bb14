// Attributes of messages: their names, types and values.

#include "lang/json/parse.h"
#include "services/sns/errors.h"
#include "services/sns/message.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace stepwell::sns {
namespace {

constexpr std::size_t max_name = 256;

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

Result<void> check_name(std::string_view name) {
  if (name.size() >= max_name) {
    return fail(errors::invalid_attribute("Length of message attribute name must be less than 256 bytes."));
  }
  if (const auto bad = std::ranges::find_if_not(name, is_name_character); bad != name.end()) {
    return fail(errors::invalid_attribute(
        fmt::format("Invalid non-alphanumeric character '#x{:X}' was found in the message attribute name. Can only "
                    "include alphanumeric characters, hyphens, underscores, or dots.",
                    static_cast<unsigned char>(*bad))));
  }
  if (name.starts_with('.')) {
    return fail(errors::invalid_attribute("Invalid message attribute name starting with character '.' was found."));
  }
  if (name.ends_with('.')) {
    return fail(errors::invalid_attribute("Invalid message attribute name ending with character '.' was found."));
  }
  if (name.contains("..")) {
    return fail(errors::invalid_attribute("Message attribute name can not have successive '.' character."));
  }
  return {};
}

// Binary, Number or String; empty: none of them.
std::string_view kind_of(std::string_view type) {
  const std::string_view kind = type.substr(0, type.find('.'));
  return kind == "Binary" || kind == "Number" || kind == "String" ? kind : std::string_view{};
}

bool is_number(std::string_view text) {
  double value = 0;
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(value);
}

bool is_array(std::string_view text) {
  json::Arena arena;
  const auto value = json::parse(arena, text);
  return value && value->is_array();
}

Result<void> check_value(const MessageAttribute& attribute, std::string_view kind) {
  if (kind == "Number" && !is_number(attribute.value)) {
    return fail(errors::invalid_attribute(
        fmt::format("Could not cast message attribute '{}' value to number.", attribute.name)));
  }
  if (attribute.type == "String.Array" && !is_array(attribute.value)) {
    return fail(errors::invalid_attribute(
        fmt::format("The message attribute '{}' has an invalid value for type 'String.Array'.", attribute.name)));
  }
  return {};
}

Result<MessageAttribute> read_attribute(std::string_view name, const json::Value& given) {
  TRY(check_name(name));
  const auto text = [&given](std::string_view member) -> std::optional<std::string_view> {
    const json::Value* value = given.find(member);
    return value == nullptr || !value->is_string() ? std::nullopt : std::optional(value->as_string());
  };
  MessageAttribute attribute{.name = name, .type = text("DataType").value_or("")};
  const std::string_view kind = kind_of(attribute.type);
  if (kind.empty()) {
    return fail(errors::invalid_attribute(
        fmt::format("The message attribute '{}' has an invalid message attribute type, the set of supported type "
                    "prefixes is Binary, Number, and String.",
                    name)));
  }
  attribute.is_binary = kind == "Binary";
  const auto own = text(attribute.is_binary ? "BinaryValue" : "StringValue");
  const auto other = text(attribute.is_binary ? "StringValue" : "BinaryValue");
  if (!own && other) {
    return fail(errors::invalid_attribute(fmt::format("The message attribute '{}' with type '{}' must use field '{}'.",
                                                      name, kind, attribute.is_binary ? "Binary" : "String")));
  }
  attribute.value = own.value_or("");
  if (attribute.value.empty()) {
    return fail(errors::invalid_attribute(
        fmt::format("The message attribute '{}' must contain non-empty message attribute value for message attribute "
                    "type '{}'.",
                    name, kind)));
  }
  TRY(check_value(attribute, kind));
  return attribute;
}

}  // namespace

Result<std::vector<MessageAttribute>> read_attributes(const json::Value* given) {
  std::vector<MessageAttribute> attributes;
  if (given == nullptr || given->is_null()) return attributes;
  for (const json::Member& member : given->members()) {
    TRY_ASSIGN(const MessageAttribute attribute, read_attribute(member.key, member.value));
    attributes.push_back(attribute);
  }
  return attributes;
}

}  // namespace stepwell::sns
