#include "services/sns/notification.h"

#include "lang/json/print.h"

#include <fmt/format.h>

namespace stepwell::sns {
namespace {

// Members as AWS writes them: "Name" : "value", on lines of their own.
void add(std::string& out, std::string_view name, std::string_view value) {
  out += out.empty() ? "{\n  \"" : ",\n  \"";
  out.append(name).append("\" : ");
  json::print_string(out, value);
}

// The same without room.
void add_small(std::string& out, std::string_view name, std::string_view value) {
  if (!out.ends_with('{')) out += ',';
  out.append("\"").append(name).append("\":");
  json::print_string(out, value);
}

void add_value(std::string& out, const MessageAttribute& attribute) {
  out += "{\"Type\":";
  json::print_string(out, attribute.type);
  out += ",\"Value\":";
  json::print_string(out, attribute.value);
  out += '}';
}

std::string attributes_of(const Message& message) {
  std::string out;
  if (message.attributes.empty()) return out;
  out = ",\n  \"MessageAttributes\" : {";
  for (bool first = true; const MessageAttribute& attribute : message.attributes) {
    out += std::exchange(first, false) ? "\n    " : ",\n    ";
    json::print_string(out, attribute.name);
    out += " : ";
    add_value(out, attribute);
  }
  return out + "\n  }";
}

std::string small_attributes_of(const Message& message) {
  std::string out = ",\"MessageAttributes\":{";
  for (bool first = true; const MessageAttribute& attribute : message.attributes) {
    if (!std::exchange(first, false)) out += ',';
    json::print_string(out, attribute.name);
    out += ':';
    add_value(out, attribute);
  }
  return out + '}';
}

void add_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append("\n").append(value).append("\n");
}

std::string confirm_url(const Confirmation& confirmation, std::string_view own_url) {
  return fmt::format("{}/?Action=ConfirmSubscription&TopicArn={}&Token={}&Version=2010-03-31", own_url,
                     confirmation.topic, confirmation.token);
}

}  // namespace

Notification::Notification(const Message& message, std::string_view text, const std::optional<Signature>& signature,
                           std::string_view signature_version, std::string own_url)
    : own_url_(std::move(own_url)) {
  const std::string at = format_rfc3339(message.at);
  add(head_, "Type", "Notification");
  add(head_, "MessageId", message.id);
  if (!message.sequence.empty()) add(head_, "SequenceNumber", message.sequence);
  add(head_, "TopicArn", message.topic);
  if (message.subject) add(head_, "Subject", *message.subject);
  add(head_, "Message", text);
  add(head_, "Timestamp", at);
  if (signature) {
    add(head_, "SignatureVersion", signature_version);
    add(head_, "Signature", signature->text);
    add(head_, "SigningCertURL", signature->certificate_url);
  }
  tail_ = attributes_of(message) + "\n}";

  function_head_ = "\"Sns\":{";
  add_small(function_head_, "Type", "Notification");
  add_small(function_head_, "MessageId", message.id);
  add_small(function_head_, "TopicArn", message.topic);
  if (message.subject) {
    add_small(function_head_, "Subject", *message.subject);
  } else {
    function_head_ += ",\"Subject\":null";
  }
  add_small(function_head_, "Message", text);
  add_small(function_head_, "Timestamp", at);
  if (signature) {
    add_small(function_head_, "SignatureVersion", signature_version);
    add_small(function_head_, "Signature", signature->text);
    add_small(function_head_, "SigningCertUrl", signature->certificate_url);
  }
  function_tail_ = small_attributes_of(message) + "}}]}";
}

std::string Notification::unsubscribe_url(std::string_view subscription_arn) const {
  return fmt::format("{}/?Action=Unsubscribe&SubscriptionArn={}&Version=2010-03-31", own_url_, subscription_arn);
}

std::string Notification::for_endpoint(std::string_view subscription_arn) const {
  std::string out = head_;
  add(out, "UnsubscribeURL", unsubscribe_url(subscription_arn));
  return out + tail_;
}

std::string Notification::for_function(std::string_view subscription_arn) const {
  std::string out = "{\"Records\":[{\"EventSource\":\"aws:sns\",\"EventVersion\":\"1.0\"";
  add_small(out, "EventSubscriptionArn", subscription_arn);
  out.append(",").append(function_head_);
  add_small(out, "UnsubscribeUrl", unsubscribe_url(subscription_arn));
  return out + function_tail_;
}

std::string text_to_sign(const Message& message, std::string_view text) {
  std::string out;
  add_line(out, "Message", text);
  add_line(out, "MessageId", message.id);
  if (message.subject) add_line(out, "Subject", *message.subject);
  add_line(out, "Timestamp", format_rfc3339(message.at));
  add_line(out, "TopicArn", message.topic);
  add_line(out, "Type", "Notification");
  return out;
}

std::string text_to_sign(const Confirmation& confirmation, std::string_view own_url) {
  std::string out;
  add_line(out, "Message", confirmation.message);
  add_line(out, "MessageId", confirmation.id);
  add_line(out, "SubscribeURL", confirm_url(confirmation, own_url));
  add_line(out, "Timestamp", format_rfc3339(confirmation.at));
  add_line(out, "Token", confirmation.token);
  add_line(out, "TopicArn", confirmation.topic);
  add_line(out, "Type", confirmation.type);
  return out;
}

std::string show(const Confirmation& confirmation, const Signature& signature, std::string_view signature_version,
                 std::string_view own_url) {
  std::string out;
  add(out, "Type", confirmation.type);
  add(out, "MessageId", confirmation.id);
  add(out, "Token", confirmation.token);
  add(out, "TopicArn", confirmation.topic);
  add(out, "Message", confirmation.message);
  add(out, "SubscribeURL", confirm_url(confirmation, own_url));
  add(out, "Timestamp", format_rfc3339(confirmation.at));
  add(out, "SignatureVersion", signature_version);
  add(out, "Signature", signature.text);
  add(out, "SigningCertURL", signature.certificate_url);
  return out + "\n}";
}

}  // namespace stepwell::sns
