#include "services/sqs/message_attributes.h"

#include "crypto/hash.h"
#include "services/sqs/errors.h"
#include "store/codec.h"

#include <algorithm>
#include <charconv>
#include <vector>

namespace stepwell::sqs {
namespace {

constexpr std::size_t most_attributes = 10;
constexpr std::size_t longest_name = 256;
constexpr char string_transport = 1;
constexpr char binary_transport = 2;

std::string_view text_of(const json::Value& value, std::string_view member) {
  const json::Value* found = value.find(member);
  return found != nullptr && found->is_string() ? found->as_string() : std::string_view{};
}

bool has(const json::Value& value, std::string_view member) {
  const json::Value* found = value.find(member);
  return found != nullptr && !found->is_null();
}

bool is_of(std::string_view type, std::string_view prefix) {
  return type == prefix || (type.starts_with(prefix) && type[prefix.size()] == '.');
}

std::string bytes_of(const json::Value& attribute) {
  return crypto::base64_decode(text_of(attribute, "BinaryValue")).value_or("");
}

bool is_number(std::string_view text) {
  double number = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size();
}

bool is_name(std::string_view name) {
  const bool fits = std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.';
  });
  return fits && !name.empty() && name.size() <= longest_name && !name.starts_with('.') && !name.ends_with('.') &&
         !name.contains("..");
}

Result<void> check_value(std::string_view name, const json::Value& attribute) {
  const std::string_view type = text_of(attribute, "DataType");
  if (type.empty()) {
    return fail(errors::invalid_parameter(
        fmt::format("The message attribute '{}' must contain non-empty message attribute type.", name)));
  }
  const bool is_binary = is_of(type, "Binary");
  if (!is_binary && !is_of(type, "String") && !is_of(type, "Number")) {
    return fail(errors::invalid_parameter(fmt::format(
        "The type of message (user) attribute '{}' is invalid. You must use only the following supported type "
        "prefixes: Binary, Number, String.",
        name)));
  }
  const std::string_view member = is_binary ? "BinaryValue" : "StringValue";
  if (has(attribute, is_binary ? "StringValue" : "BinaryValue")) {
    return fail(errors::invalid_parameter(fmt::format("The message attribute '{}' with type '{}' must use field '{}'.",
                                                      name, type, is_binary ? "Binary" : "String")));
  }
  if (text_of(attribute, member).empty()) {
    return fail(errors::invalid_parameter(
        fmt::format("The message attribute '{}' must contain non-empty message attribute value.", name)));
  }
  if (is_of(type, "Number") && !is_number(text_of(attribute, member))) {
    return fail(
        errors::invalid_parameter(fmt::format("Can't cast the value of message (user) attribute '{}' to a "
                                              "number.",
                                              name)));
  }
  return {};
}

void append(std::string& out, std::string_view text) {
  out += store::KeyWriter().u32(static_cast<std::uint32_t>(text.size())).take();
  out += text;
}

}  // namespace

Result<void> check_message_attributes(const json::Value& attributes) {
  if (attributes.size() > most_attributes) {
    return fail(errors::invalid_parameter(fmt::format(
        "Number of message attributes [{}] exceeds the allowed maximum [{}].", attributes.size(), most_attributes)));
  }
  for (const json::Member& attribute : attributes.members()) {
    if (!is_name(attribute.key)) {
      return fail(errors::invalid_parameter(fmt::format(
          "The message attribute name '{}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore "
          "(_), hyphen (-), and period (.) characters.",
          attribute.key)));
    }
    TRY(check_value(attribute.key, attribute.value));
  }
  return {};
}

Result<void> check_system_attributes(const json::Value& attributes) {
  for (const json::Member& attribute : attributes.members()) {
    if (attribute.key != "AWSTraceHeader") {
      return fail(errors::invalid_parameter(
          fmt::format("Message system attribute name '{}' is invalid. Supported: AWSTraceHeader.", attribute.key)));
    }
    if (text_of(attribute.value, "DataType") != "String" || text_of(attribute.value, "StringValue").empty()) {
      return fail(errors::invalid_parameter(
          fmt::format("The message system attribute '{}' must be of type String and have a value.", attribute.key)));
    }
  }
  return {};
}

std::size_t attribute_bytes(const json::Value& attributes) {
  std::size_t bytes = 0;
  for (const json::Member& attribute : attributes.members()) {
    bytes += attribute.key.size() + text_of(attribute.value, "DataType").size() +
             text_of(attribute.value, "StringValue").size() + bytes_of(attribute.value).size();
  }
  return bytes;
}

// Each attribute in the order of the names: lengths, name, type, how the value is sent, value.
std::string attributes_digest(const json::Value& attributes) {
  if (!attributes.is_object() || attributes.size() == 0) return {};
  std::vector<json::Member> sorted(attributes.members().begin(), attributes.members().end());
  std::ranges::sort(sorted, {}, &json::Member::key);
  std::string bytes;
  for (const json::Member& attribute : sorted) {
    const std::string_view type = text_of(attribute.value, "DataType");
    append(bytes, attribute.key);
    append(bytes, type);
    if (is_of(type, "Binary")) {
      bytes += binary_transport;
      append(bytes, bytes_of(attribute.value));
    } else {
      bytes += string_transport;
      append(bytes, text_of(attribute.value, "StringValue"));
    }
  }
  return crypto::to_hex(crypto::digest(crypto::Digest::md5, bytes));
}

}  // namespace stepwell::sqs
